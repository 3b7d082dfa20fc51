// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes numbers for people.
enum FixedDecimal {
    /// `value` with at most `digits` decimals, zeros at the end left out: `4.5`, `4`, `-0.05`.
    ///
    /// Halves are rounded away from zero; the result never is `-0`.
    static func text(_ value: Double, digits: Int) -> String {
        var unit = 1
        for _ in 0..<digits { unit *= 10 }
        let scaled = (value.magnitude * Double(unit)).rounded()
        guard scaled < 9e15 else { return value.description }
        let whole = Int(scaled)
        var fraction = String(whole % unit + unit).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        let sign = value < 0 && whole != 0 ? "-" : ""
        return sign + grouped(whole / unit) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// A whole number with commas between thousands: `3,883`.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    /// A place, such as `1st`, `2nd` or `11th`.
    static func ordinal(_ value: Int) -> String {
        let suffix =
            switch (value % 10, value % 100) {
            case (_, 11...13): "th"
            case (1, _): "st"
            case (2, _): "nd"
            case (3, _): "rd"
            default: "th"
            }
        return grouped(value) + suffix
    }
}
