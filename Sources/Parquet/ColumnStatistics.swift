// SPDX-License-Identifier: GPL-3.0-or-later

/// The smallest and the largest value of a part of a column, in plain encoding, and how many are
/// missing.
///
/// Zeros count as −0 where they are smallest and as +0 where they are largest, and columns with NaN
/// have no bounds, as `parquet.thrift` asks for. Texts compare by their UTF-8 bytes.
struct ColumnStatistics {
    /// Nil where there is no value, or none that can be compared.
    var bounds: (least: [UInt8], greatest: [UInt8])?
    var missingCount = 0

    /// No values.
    init() {}

    init(_ values: [Int64], missingCount: Int = 0) {
        self.missingCount = missingCount
        guard let least = values.min(), let greatest = values.max() else { return }
        bounds = (Self.bytes(least), Self.bytes(greatest))
    }

    init(_ values: [Float]) {
        self.init(values) { Self.bytes($0.bitPattern) }
    }

    init(_ values: [Double]) {
        self.init(values) { Self.bytes($0.bitPattern) }
    }

    private init<Number: BinaryFloatingPoint>(
        _ values: [Number], _ bytes: (Number) -> [UInt8]
    ) {
        guard let least = values.min(), let greatest = values.max(),
            !values.contains(where: \.isNaN)
        else { return }
        bounds = (bytes(least == 0 ? -0.0 : least), bytes(greatest == 0 ? 0.0 : greatest))
    }

    init(_ values: [String]) {
        func precedes(_ left: String, _ right: String) -> Bool {
            left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        guard let least = values.min(by: precedes), let greatest = values.max(by: precedes)
        else { return }
        bounds = (Array(least.utf8), Array(greatest.utf8))
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: value)
        return bytes
    }

    /// Writes the structure `Statistics` as field `number`.
    func write(as number: Int, to writer: inout CompactWriter) {
        writer.field(number) { writer in
            writer.field(3, i64: missingCount)
            guard let bounds else { return }
            writer.field(5, bounds.greatest)
            writer.field(6, bounds.least)
            writer.field(7, true)
            writer.field(8, true)
        }
    }
}
