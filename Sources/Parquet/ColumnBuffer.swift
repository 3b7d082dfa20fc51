// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of one column that wait for their row group to be full.
struct ColumnBuffer {
    /// One page: its values' encoded form, and how many rows they are.
    struct Page {
        let body: [UInt8]
        let rowCount: Int
        let encoding: ParquetFormat.Encoding
    }

    /// A column's pages of one row group and what is known of all their values.
    struct Encoded {
        /// The distinct values in plain encoding, where positions in them are what pages hold.
        var dictionary: (body: [UInt8], count: Int)?
        var pages: [Page]
        let statistics: ColumnStatistics
    }

    let column: ParquetColumn
    private var values: ParquetValues

    /// No values yet.
    init(_ column: ParquetColumn) {
        self.column = column
        values = Self.none(of: column)
    }

    private static func none(of column: ParquetColumn) -> ParquetValues {
        switch column.kind {
        case .integer: .integers([])
        case .float: .floats([])
        case .double: .doubles([])
        case .text: .texts([])
        case .time: .times([])
        }
    }

    /// Adds values; traps when they are not of the column's kind.
    mutating func append(_ more: ParquetValues) {
        switch (values, more) {
        case (.integers(var held), .integers(let new)):
            values = Self.none(of: column)
            held += new
            values = .integers(held)
        case (.floats(var held), .floats(let new)):
            values = Self.none(of: column)
            held += new
            values = .floats(held)
        case (.doubles(var held), .doubles(let new)):
            values = Self.none(of: column)
            held += new
            values = .doubles(held)
        case (.texts(var held), .texts(let new)):
            values = Self.none(of: column)
            held += new
            values = .texts(held)
        case (.times(var held), .times(let new)):
            precondition(column.isOptional || !new.contains(nil), "\(column.name) is required")
            values = Self.none(of: column)
            held += new
            values = .times(held)
        default: preconditionFailure("values of another kind than the column \(column.name)")
        }
    }

    /// The pages of all values, each of at most `pageRows` rows; the buffer is empty afterwards.
    mutating func encode(pageRows: Int) -> Encoded {
        defer { values = Self.none(of: column) }
        switch values {
        case .integers(let values):
            return Encoded(
                pages: Self.pages(values, pageRows) {
                    (DeltaEncoding.encode($0), .deltaBinaryPacked)
                },
                statistics: ColumnStatistics(values))
        case .floats(let values):
            return Encoded(
                pages: Self.pages(values, pageRows) { page in
                    (Self.split(page.map(\.bitPattern)), .byteStreamSplit)
                }, statistics: ColumnStatistics(values))
        case .doubles(let values):
            return Encoded(
                pages: Self.pages(values, pageRows) { page in
                    (Self.split(page.map(\.bitPattern)), .byteStreamSplit)
                }, statistics: ColumnStatistics(values))
        case .times(let values):
            let present = values.compactMap { $0 }
            return Encoded(
                pages: Self.pages(values, pageRows) { page in
                    (
                        levels(page) + DeltaEncoding.encode(page.compactMap { $0 }[...]),
                        .deltaBinaryPacked
                    )
                },
                statistics: ColumnStatistics(
                    present, missingCount: values.count - present.count))
        case .texts(let values): return Self.encode(values, pageRows)
        }
    }

    private static func pages<Value>(
        _ values: [Value], _ pageRows: Int,
        _ encode: (ArraySlice<Value>) -> (body: [UInt8], encoding: ParquetFormat.Encoding)
    ) -> [Page] {
        stride(from: 0, to: values.count, by: pageRows).map { start in
            let page = values[start..<min(start + pageRows, values.count)]
            let encoded = encode(page)
            return Page(body: encoded.body, rowCount: page.count, encoding: encoded.encoding)
        }
    }

    /// Which values are there, 1, and which are missing, 0; nothing for a required column.
    private func levels(_ values: ArraySlice<Int64?>) -> [UInt8] {
        guard column.isOptional else { return [] }
        let levels = HybridEncoding.encode(values.map { $0 == nil ? 0 : 1 }[...], width: 1)
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(levels.count))
        return bytes + levels
    }

    /// BYTE_STREAM_SPLIT: all first bytes, then all second ones …: signs and exponents of like
    /// numbers lie together, which compresses.
    ///
    /// Source: Apache Parquet, `Encodings.md`, "Byte Stream Split (BYTE_STREAM_SPLIT = 9)".
    private static func split<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
        let count = words.count
        return [UInt8](unsafeUninitializedCapacity: count * Word.bitWidth / 8) { buffer, filled in
            for stream in 0..<Word.bitWidth / 8 {
                for (place, word) in words.enumerated() {
                    buffer[stream * count + place] = UInt8(truncatingIfNeeded: word >> (8 * stream))
                }
            }
            filled = buffer.count
        }
    }

    /// Texts by their positions among the distinct ones, unless most are distinct.
    private static func encode(_ values: [String], _ pageRows: Int) -> Encoded {
        var positions: [String: UInt32] = [:]
        var distinct: [String] = []
        let indices = values.map { value -> UInt32 in
            if let position = positions[value] { return position }
            let position = UInt32(distinct.count)
            positions[value] = position
            distinct.append(value)
            return position
        }
        let statistics = ColumnStatistics(distinct)
        guard distinct.count <= values.count / 2 else {
            return Encoded(
                pages: pages(values, pageRows) { (plain($0), .plain) }, statistics: statistics)
        }
        let width = max(1, BitPacker.width(of: UInt64(max(distinct.count - 1, 0))))
        return Encoded(
            dictionary: (plain(distinct[...]), distinct.count),
            pages: pages(indices, pageRows) { page in
                ([UInt8(width)] + HybridEncoding.encode(page, width: width), .rleDictionary)
            }, statistics: statistics)
    }

    private static func plain(_ values: ArraySlice<String>) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            bytes.append(littleEndian: UInt32(value.utf8.count))
            bytes.append(contentsOf: value.utf8)
        }
        return bytes
    }
}
