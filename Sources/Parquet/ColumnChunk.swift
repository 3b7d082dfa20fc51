// SPDX-License-Identifier: GPL-3.0-or-later

/// A column's part of a row group as it lies in the file, for the footer.
struct ColumnChunk {
    let column: ParquetColumn
    private let encodings: [ParquetFormat.Encoding]
    private let valueCount: Int
    /// The bytes of headers and pages before compression.
    let uncompressedBytes: Int
    /// The bytes of headers and pages in the file.
    let compressedBytes: Int
    private let dictionaryOffset: Int?
    private let dataOffset: Int
    private let statistics: ColumnStatistics

    /// Compresses `encoded` and gives it to `write` piece after piece; it will lie at `offset`.
    init<Failure: Error>(
        _ column: ParquetColumn, _ encoded: ColumnBuffer.Encoded, at offset: Int,
        write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        self.column = column
        statistics = encoded.statistics
        var used: [ParquetFormat.Encoding] = column.isOptional ? [.rle] : []
        var end = offset
        var uncompressed = 0
        func put(
            _ body: [UInt8], _ type: ParquetFormat.PageType,
            _ header: (inout CompactWriter) -> Void
        ) throws(Failure) {
            let compressed = Snappy.compress(body)
            var writer = CompactWriter()
            writer.structure { writer in
                writer.field(1, i32: type.rawValue)
                writer.field(2, i32: body.count)
                writer.field(3, i32: compressed.count)
                header(&writer)
            }
            try write(writer.bytes)
            try write(compressed)
            end += writer.bytes.count + compressed.count
            uncompressed += writer.bytes.count + body.count
        }
        if let dictionary = encoded.dictionary {
            dictionaryOffset = offset
            used.append(.plain)
            try put(dictionary.body, .dictionary) { writer in
                writer.field(7) { writer in
                    writer.field(1, i32: dictionary.count)
                    writer.field(2, i32: ParquetFormat.Encoding.plain.rawValue)
                }
            }
        } else {
            dictionaryOffset = nil
        }
        dataOffset = end
        var rows = 0
        for page in encoded.pages {
            if !used.contains(page.encoding) { used.append(page.encoding) }
            rows += page.rowCount
            try put(page.body, .data) { writer in
                writer.field(5) { writer in
                    writer.field(1, i32: page.rowCount)
                    writer.field(2, i32: page.encoding.rawValue)
                    writer.field(3, i32: ParquetFormat.Encoding.rle.rawValue)
                    writer.field(4, i32: ParquetFormat.Encoding.rle.rawValue)
                }
            }
        }
        encodings = used
        valueCount = rows
        uncompressedBytes = uncompressed
        compressedBytes = end - offset
    }

    /// Writes the structure `ColumnChunk`.
    func write(to writer: inout CompactWriter) {
        writer.field(2, i64: 0)
        writer.field(3) { writer in
            writer.field(1, i32: column.kind.physicalType.rawValue)
            writer.field(2, i32s: encodings.map(\.rawValue))
            writer.field(3, texts: [column.name])
            writer.field(4, i32: ParquetFormat.codec)
            writer.field(5, i64: valueCount)
            writer.field(6, i64: uncompressedBytes)
            writer.field(7, i64: compressedBytes)
            writer.field(9, i64: dataOffset)
            if let dictionaryOffset { writer.field(11, i64: dictionaryOffset) }
            statistics.write(as: 12, to: &writer)
        }
    }
}
