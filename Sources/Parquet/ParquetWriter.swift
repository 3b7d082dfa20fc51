// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes one Parquet file from its beginning to its end, in bounded memory.
///
/// What is held is one row group, whatever the number of rows. The same rows in the same order give
/// the same bytes. Every page is compressed with Snappy; whole numbers and times are delta-encoded,
/// floating point is split by byte, texts go through a dictionary where they repeat. Rows are flat:
/// no lists, no nested fields. pyarrow, pandas, Spark and DuckDB read the result.
///
/// Specification: Apache Parquet format 2.9, github.com/apache/parquet-format (README.md,
/// Encodings.md, src/main/thrift/parquet.thrift). Nothing but bytes leaves: `sink` puts them
/// wherever they belong.
public struct ParquetWriter<Failure: Error> {
    /// Takes the next bytes of the file.
    public typealias Sink = ([UInt8]) throws(Failure) -> Void

    /// How many rows a row group has, unless less is asked for: with three columns 24 MB.
    public static var rowGroupRowsDefault: Int { 1 << 20 }
    private static var pageRowsMax: Int { 1 << 16 }

    private let columns: [ParquetColumn]
    private let metadata: [(key: String, value: String)]
    private let creator: String
    private let rowGroupRows: Int
    private let sink: Sink
    private var buffers: [ColumnBuffer]
    private var bufferedRows = 0
    private var rowGroups: [RowGroup] = []
    private var offset = 0

    /// The number of rows so far.
    public private(set) var rowCount = 0

    /// Begins a file.
    ///
    /// `metadata` goes into the file's key-value metadata, `creator` into `created_by`. Traps without
    /// columns, with two of one name, or when a row group would have no rows.
    public init(
        _ columns: [ParquetColumn], metadata: [(key: String, value: String)] = [],
        creator: String, rowGroupRows: Int = rowGroupRowsDefault, sink: @escaping Sink
    ) throws(Failure) {
        precondition(!columns.isEmpty && rowGroupRows >= 1, "a file has columns and rows")
        precondition(Set(columns.map(\.name)).count == columns.count, "names are distinct")
        self.columns = columns
        self.metadata = metadata
        self.creator = creator
        self.rowGroupRows = rowGroupRows
        self.sink = sink
        buffers = columns.map { ColumnBuffer($0) }
        try put(ParquetFormat.magic)
    }

    /// Adds rows: each column's values, in the order of the columns.
    ///
    /// Traps unless there are values of its kind for each column, equally many.
    public mutating func append(_ values: [ParquetValues]) throws(Failure) {
        precondition(
            values.count == columns.count && values.allSatisfy { $0.count == values[0].count },
            "one value a row for each column")
        for (place, more) in values.enumerated() { buffers[place].append(more) }
        bufferedRows += values[0].count
        rowCount += values[0].count
        if bufferedRows >= rowGroupRows { try endRowGroup() }
    }

    /// Writes what is left and the footer; the file is complete afterwards.
    public consuming func finish() throws(Failure) {
        if bufferedRows > 0 { try endRowGroup() }
        let footer = footer
        var tail = footer
        tail.append(littleEndian: UInt32(footer.count))
        tail += ParquetFormat.magic
        try put(tail)
    }

    private mutating func endRowGroup() throws(Failure) {
        let start = offset
        var chunks: [ColumnChunk] = []
        for place in buffers.indices {
            let encoded = buffers[place].encode(pageRows: Self.pageRowsMax)
            let chunk = try ColumnChunk(
                columns[place], encoded, at: offset
            ) { bytes throws(Failure) in try sink(bytes) }
            offset += chunk.compressedBytes
            chunks.append(chunk)
        }
        rowGroups.append(RowGroup(columns: chunks, rowCount: bufferedRows, offset: start))
        bufferedRows = 0
    }

    private mutating func put(_ bytes: [UInt8]) throws(Failure) {
        try sink(bytes)
        offset += bytes.count
    }

    /// The structure `FileMetaData`.
    private var footer: [UInt8] {
        var writer = CompactWriter()
        writer.structure { writer in
            // The version of files whose pages have the headers of the format's first version.
            writer.field(1, i32: 1)
            let root = [ParquetColumn?.none]
            writer.field(2, each: root + columns.map { Optional($0) }) { writer, column in
                if let column {
                    Self.write(column, to: &writer)
                } else {
                    writer.field(4, Array("schema".utf8))
                    writer.field(5, i32: columns.count)
                }
            }
            writer.field(3, i64: rowCount)
            writer.field(4, each: rowGroups) { writer, group in group.write(to: &writer) }
            writer.field(5, each: metadata) { writer, entry in
                writer.field(1, Array(entry.key.utf8))
                writer.field(2, Array(entry.value.utf8))
            }
            writer.field(6, Array(creator.utf8))
            // Bounds are in the order that each type defines.
            writer.field(7, each: columns) { writer, _ in writer.field(1) { _ in } }
        }
        return writer.bytes
    }

    /// Writes the structure `SchemaElement` of a column.
    private static func write(_ column: ParquetColumn, to writer: inout CompactWriter) {
        writer.field(1, i32: column.kind.physicalType.rawValue)
        writer.field(3, i32: column.isOptional ? 1 : 0)
        writer.field(4, Array(column.name.utf8))
        switch column.kind {
        case .integer, .float, .double: break
        case .text:
            writer.field(6, i32: ParquetFormat.ConvertedType.utf8.rawValue)
            writer.field(10) { $0.field(1) { _ in } }
        case .time:
            writer.field(6, i32: ParquetFormat.ConvertedType.timestampMilliseconds.rawValue)
            writer.field(10) { logical in
                logical.field(8) { timestamp in
                    timestamp.field(1, true)
                    timestamp.field(2) { unit in unit.field(1) { _ in } }
                }
            }
        }
    }
}
