// SPDX-License-Identifier: GPL-3.0-or-later

/// The hybrid of runs and packed bits that levels and dictionary positions are written in.
///
/// Source: Apache Parquet, `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".
enum HybridEncoding {
    /// Eight equal values in a row are shorter as a run than packed.
    private static let groupLength = 8

    /// `values`, each below 2^`width`, without a length before them.
    static func encode(_ values: ArraySlice<UInt32>, width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var packed: [UInt32] = []
        var rest = values
        while let first = rest.first {
            let run = rest.prefix { $0 == first }.count
            // A run may only begin where packed groups are whole.
            let filling = (groupLength - packed.count % groupLength) % groupLength
            if run >= filling + groupLength {
                packed += rest.prefix(filling)
                flush(&packed, width: width, into: &bytes)
                let count = run - filling
                bytes.append(varint: UInt64(count) << 1)
                for byte in 0..<(width + 7) / 8 {
                    bytes.append(UInt8(truncatingIfNeeded: first >> UInt32(8 * byte)))
                }
                rest = rest.dropFirst(run)
            } else {
                packed += rest.prefix(run)
                rest = rest.dropFirst(run)
            }
        }
        flush(&packed, width: width, into: &bytes)
        return bytes
    }

    private static func flush(_ values: inout [UInt32], width: Int, into bytes: inout [UInt8]) {
        guard !values.isEmpty else { return }
        let groups = (values.count + groupLength - 1) / groupLength
        bytes.append(varint: UInt64(groups) << 1 | 1)
        var packer = BitPacker()
        for value in values { packer.append(UInt64(value), width: width, to: &bytes) }
        for _ in values.count..<groups * groupLength { packer.append(0, width: width, to: &bytes) }
        packer.finish(&bytes)
        values.removeAll(keepingCapacity: true)
    }
}
