// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes numbers.
enum DecimalText {
    /// Appends a whole number in decimal.
    static func append(_ value: Int, to output: inout [UInt8]) {
        guard value.magnitude > 9 else {
            if value < 0 { output.append(ASCII.dash) }
            output.append(UInt8(ascii: "0") + UInt8(value.magnitude))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value.magnitude
            var start = digits.count
            while rest > 0 {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            if value < 0 {
                start -= 1
                digits[start] = ASCII.dash
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends the shortest decimal that reads back to the same finite number: `4.0`, `0.05`,
    /// `1e-05`, `1e+16`; false, and nothing, for infinities and NaN.
    static func append(_ value: Double, to output: inout [UInt8]) -> Bool {
        guard value.isFinite else { return false }
        output.append(contentsOf: value.description.utf8)
        return true
    }
}
