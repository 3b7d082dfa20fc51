// SPDX-License-Identifier: GPL-3.0-or-later

/// Decimal numbers in fields, independent of the locale.
enum FieldNumber {
    /// A finite decimal number, optionally with a sign, fraction and exponent, or nil.
    static func decimal(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
        var position = 0
        var isNegative = false
        if let first = field.first, first == 0x2B || first == 0x2D {
            isNegative = first == 0x2D
            position = 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var sawPoint = false
        while position < field.count {
            let byte = field[position]
            if byte >= 0x30 && byte <= 0x39 {
                mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
                digits += 1
                if sawPoint { decimals += 1 }
            } else if byte == 0x2E && !sawPoint {
                sawPoint = true
            } else {
                return slowDecimal(field)
            }
            position += 1
        }
        // Up to 15 digits both operands are exact, so the quotient is correctly rounded.
        guard digits <= 15 else { return slowDecimal(field) }
        guard digits > 0 else { return nil }
        let value = decimals == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[decimals]
        return isNegative ? -value : value
    }

    /// A whole number of seconds; a fraction, as in `978300760.0`, is cut off.
    static func seconds(_ field: UnsafeBufferPointer<UInt8>) -> Int64? {
        var value: Int64 = 0
        var isPlain = !field.isEmpty && field.count <= 18
        if isPlain {
            for byte in field {
                guard byte >= 0x30 && byte <= 0x39 else {
                    isPlain = false
                    break
                }
                value = value &* 10 &+ Int64(byte &- 0x30)
            }
        }
        if isPlain { return value }
        guard let decimal = decimal(field) else { return nil }
        return Int64(exactly: decimal.rounded(.towardZero))
    }

    private static let powersOfTen: [Double] = (0...15).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    private static func slowDecimal(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
        // The standard library also takes hexadecimal, "nan" and "inf", which are not decimal.
        let isDecimal = field.allSatisfy {
            ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
        }
        guard isDecimal, let value = Double(String(decoding: field, as: UTF8.self)),
            value.isFinite
        else { return nil }
        return value
    }
}
