// SPDX-License-Identifier: GPL-3.0-or-later

/// Compresses in the Snappy format, which every reader of Parquet knows.
///
/// Source: google/snappy, `format_description.txt`; as there, blocks of 64 KiB are searched with one
/// hash table of 4-byte sequences each.
enum Snappy {
    private static let blockBytes = 1 << 16
    private static let tableBits = 14
    /// The last bytes of a block, which no copy begins in, so that 4 bytes can always be read.
    private static let marginBytes = 15

    /// The compressed form of `input`, in O(bytes); equal input gives equal output.
    static func compress(_ input: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(input.count / 2 + 16)
        output.append(varint: UInt64(input.count))
        var table = [UInt16](repeating: 0, count: 1 << tableBits)
        input.withUnsafeBytes { input in
            for start in stride(from: 0, to: input.count, by: blockBytes) {
                let end = min(start + blockBytes, input.count)
                compress(
                    UnsafeRawBufferPointer(rebasing: input[start..<end]), &table, into: &output)
            }
        }
        return output
    }

    private static func compress(
        _ block: UnsafeRawBufferPointer, _ table: inout [UInt16], into output: inout [UInt8]
    ) {
        for slot in table.indices { table[slot] = 0 }
        var literalStart = 0
        var position = 0
        let limit = block.count - marginBytes
        // How far apart sequences are tried grows where nothing matches.
        var misses = 32
        while position < limit {
            let word = load(block, position)
            let slot = Int((word &* 0x1E35_A7BD) >> UInt32(32 - tableBits))
            let candidate = Int(table[slot])
            table[slot] = UInt16(position)
            guard candidate < position, load(block, candidate) == word else {
                position += misses >> 5
                misses += 1
                continue
            }
            var length = 4
            while position + length < block.count,
                block[candidate + length] == block[position + length]
            {
                length += 1
            }
            appendLiteral(block[literalStart..<position], to: &output)
            appendCopy(offset: position - candidate, length: length, to: &output)
            position += length
            literalStart = position
            misses = 32
        }
        appendLiteral(block[literalStart...], to: &output)
    }

    private static func load(_ block: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        block.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    private static func appendLiteral(
        _ bytes: Slice<UnsafeRawBufferPointer>, to output: inout [UInt8]
    ) {
        guard !bytes.isEmpty else { return }
        let length = bytes.count - 1
        if length < 60 {
            output.append(UInt8(length) << 2)
        } else if length < 256 {
            output.append(60 << 2)
            output.append(UInt8(length))
        } else {
            // A block has at most 65,536 bytes, so that two are enough for its length less one.
            output.append(61 << 2)
            output.append(littleEndian: UInt16(length))
        }
        output.append(contentsOf: bytes)
    }

    /// Appends copies of at most 64 bytes each; the offset is below 65,536.
    private static func appendCopy(offset: Int, length: Int, to output: inout [UInt8]) {
        var rest = length
        while rest > 0 {
            if rest >= 4, rest <= 11, offset < 2048 {
                output.append(UInt8((offset >> 8) << 5 | (rest - 4) << 2 | 1))
                output.append(UInt8(truncatingIfNeeded: offset))
                return
            }
            let taken = min(rest, 64)
            output.append(UInt8((taken - 1) << 2 | 2))
            output.append(littleEndian: UInt16(offset))
            rest -= taken
        }
    }
}
