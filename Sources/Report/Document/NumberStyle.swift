// SPDX-License-Identifier: GPL-3.0-or-later

/// How a number is written for people.
public enum NumberStyle: Sendable, Equatable {
    /// A whole number, its thousands set apart: `1,000,209`.
    case count
    /// So many decimals: `0.8413`.
    case fixed(Int)
    /// A part of 1 as a percentage with so many decimals: `95.5%`.
    case percent(Int)
    /// One digit and a power of ten, for very small numbers: `3e-13`.
    case power

    /// `value` in this style; `–` where there is none (it is not finite).
    public func text(of value: Double) -> String {
        guard value.isFinite else { return "–" }
        switch self {
        case .count: return Self.grouped(value)
        case .fixed(let digits): return Self.fixed(value, digits: digits)
        case .percent(let digits): return Self.fixed(100 * value, digits: digits) + "%"
        case .power: return Self.power(value)
        }
    }

    private static func grouped(_ value: Double) -> String {
        let digits = Array(fixed(value.magnitude, digits: 0))
        var text = value < 0 && digits != ["0"] ? "−" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// Rounds half away from zero; a value that rounds to zero has no sign.
    private static func fixed(_ value: Double, digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled)
        let sign = value < 0 && whole != 0 ? "−" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let fraction = String(whole % Int(scale))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(whole / Int(scale)).\(zeros)\(fraction)"
    }

    private static func power(_ value: Double) -> String {
        guard value != 0 else { return "0" }
        var mantissa = value.magnitude
        var exponent = 0
        while mantissa >= 9.5 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa < 0.95 {
            mantissa *= 10
            exponent -= 1
        }
        return "\(value < 0 ? "−" : "")\(Int(mantissa.rounded()))e\(exponent)"
    }
}
