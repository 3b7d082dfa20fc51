// SPDX-License-Identifier: GPL-3.0-or-later

/// DELTA_BINARY_PACKED: whole numbers by what each adds to the one before.
///
/// Ascending identifiers and runs of one value take next to nothing. Source: Apache Parquet,
/// `Encodings.md`, "Delta Encoding (DELTA_BINARY_PACKED = 5)".
enum DeltaEncoding {
    private static let blockCount = 128
    private static let miniblockCount = 4
    private static let miniblockLength = blockCount / miniblockCount

    /// The page of `values`.
    static func encode(_ values: ArraySlice<Int64>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(varint: UInt64(blockCount))
        bytes.append(varint: UInt64(miniblockCount))
        bytes.append(varint: UInt64(values.count))
        bytes.append(zigzag: values.first ?? 0)
        var deltas: [Int64] = []
        deltas.reserveCapacity(blockCount)
        for (earlier, later) in zip(values, values.dropFirst()) {
            // Wrapping, as the specification has it: the reader's sum wraps back.
            deltas.append(later &- earlier)
            if deltas.count == blockCount {
                encodeBlock(deltas, into: &bytes)
                deltas.removeAll(keepingCapacity: true)
            }
        }
        if !deltas.isEmpty { encodeBlock(deltas, into: &bytes) }
        return bytes
    }

    private static func encodeBlock(_ deltas: [Int64], into bytes: inout [UInt8]) {
        let least = deltas.min() ?? 0
        bytes.append(zigzag: least)
        let excesses = deltas.map { UInt64(bitPattern: $0 &- least) }
        var widths: [Int] = []
        for start in stride(from: 0, to: blockCount, by: miniblockLength) {
            let miniblock = excesses.dropFirst(start).prefix(miniblockLength)
            widths.append(BitPacker.width(of: miniblock.max() ?? 0))
        }
        bytes += widths.map { UInt8($0) }
        for (place, width) in widths.enumerated() where width > 0 {
            let miniblock = excesses.dropFirst(place * miniblockLength).prefix(miniblockLength)
            var packer = BitPacker()
            for excess in miniblock { packer.append(excess, width: width, to: &bytes) }
            for _ in miniblock.count..<miniblockLength {
                packer.append(0, width: width, to: &bytes)
            }
            packer.finish(&bytes)
        }
    }
}
