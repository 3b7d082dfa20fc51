// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes that are read from the front.
struct ByteCursor {
    struct Malformed: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

    mutating func byte() throws -> UInt8 {
        guard let byte = rest.popFirst() else { throw Malformed("too short") }
        return byte
    }

    mutating func take(_ count: Int) throws -> [UInt8] {
        guard count <= rest.count else { throw Malformed("too short") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed("a number of too many bytes")
    }

    mutating func zigzag() throws -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func littleEndian(_ byteCount: Int) throws -> UInt64 {
        try take(byteCount).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// `count` numbers of `width` bits each, the lowest bit first.
    mutating func packed(_ count: Int, width: Int) throws -> [UInt64] {
        let bytes = try take((count * width + 7) / 8)
        return (0..<count).map { place in
            (0..<width).reduce(UInt64(0)) { value, bit in
                let position = place * width + bit
                return value | UInt64(bytes[position / 8] >> UInt8(position % 8) & 1) << UInt64(bit)
            }
        }
    }
}
