// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes numbers with the digits a person wants to read.
enum Numerals {
    /// `value` with exactly `digits` decimals (0…9), rounded half away from zero.
    ///
    /// A value that rounds to zero has no sign; one that is not finite or of 10¹⁵ and more is
    /// written in full.
    static func fixed(_ value: Double, digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value.magnitude * Double(scale)).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled)
        let sign = value < 0 && whole != 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let fraction = String(whole % scale)
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(whole / scale).\(zeros)\(fraction)"
    }

    /// A number as the server wrote it, with at most `digits` decimals.
    ///
    /// Whole numbers and text that is no number stay as they are.
    static func shortened(_ text: String, digits: Int) -> String {
        guard text.contains(where: { $0 == "." || $0 == "e" }), let value = Double(text),
            value.isFinite
        else { return text }
        return fixed(value, digits: digits)
    }

    /// A change as the server wrote it, with `digits` decimals and always a sign unless it is zero.
    static func signed(_ text: String, digits: Int) -> String {
        guard let value = Double(text), value.isFinite else { return SafeText.of(text) }
        let number = fixed(value, digits: digits)
        return value > 0 && number.contains { $0 != "0" && $0 != "." } ? "+" + number : number
    }

    /// A whole number with its thousands set apart by commas; other text stays as it is.
    static func grouped(_ text: String) -> String {
        guard text.count > 3, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return text }
        var result = ""
        for (index, digit) in text.enumerated() {
            if index > 0, (text.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
