// SPDX-License-Identifier: GPL-3.0-or-later

/// Integers in as few bytes as they need, as Thrift and Parquet write them.
enum VariableInteger {
    /// Maps numbers near zero, of either sign, to small ones: 0, −1, 1, −2 … to 0, 1, 2, 3 ….
    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }
}

extension [UInt8] {
    /// Appends seven bits a byte, the lowest first; the high bit says that more follow.
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Appends a signed number so that small absolute values are short.
    mutating func append(zigzag value: Int64) { append(varint: VariableInteger.zigzag(value)) }

    /// Appends the bytes of a number, the lowest first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
