// SPDX-License-Identifier: GPL-3.0-or-later

/// Some rows of all columns as they lie in the file, for the footer.
struct RowGroup {
    let columns: [ColumnChunk]
    let rowCount: Int
    /// Where its first page lies.
    let offset: Int

    /// Writes the structure `RowGroup`.
    func write(to writer: inout CompactWriter) {
        writer.field(1, each: columns) { writer, column in column.write(to: &writer) }
        writer.field(2, i64: columns.reduce(0) { $0 + $1.uncompressedBytes })
        writer.field(3, i64: rowCount)
        writer.field(5, i64: offset)
        writer.field(6, i64: columns.reduce(0) { $0 + $1.compressedBytes })
    }
}
