// SPDX-License-Identifier: GPL-3.0-or-later

/// Compressed sparse rows: for each row, ascending column positions and their values.
///
/// `offsets.count == rowCount + 1`; row r owns entries `offsets[r] ..< offsets[r + 1]` of
/// `columns` and `values`; columns ascend strictly within a row.
public struct SparseRows: Sendable, Equatable {
    /// The exclusive upper bound of column positions.
    public let columnCount: Int
    /// Where each row's entries start, and the total at the end.
    public let offsets: [Int]
    /// The column of each entry.
    public let columns: [Int32]
    /// The value of each entry.
    public let values: [Float]

    /// Wraps finished rows; traps when the arrays contradict each other.
    public init(columnCount: Int, offsets: [Int], columns: [Int32], values: [Float]) {
        precondition(
            offsets.first == 0 && offsets.last == columns.count && columns.count == values.count,
            "sparse rows: offsets, columns and values disagree")
        self.columnCount = columnCount
        self.offsets = offsets
        self.columns = columns
        self.values = values
    }

    /// The number of rows.
    public var rowCount: Int { offsets.count - 1 }

    /// The number of stored entries.
    public var count: Int { columns.count }

    /// The entry positions of row `row`.
    public func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }
}

extension SparseRows {
    /// The same entries with rows and columns exchanged, in O(entries + rows + columns).
    public func transposed() -> SparseRows {
        var next = [Int](repeating: 0, count: columnCount + 1)
        for column in columns { next[Int(column) + 1] += 1 }
        for column in 0..<columnCount { next[column + 1] += next[column] }
        let offsets = next
        var rows = [Int32](repeating: 0, count: count)
        var moved = [Float](repeating: 0, count: count)
        for row in 0..<rowCount {
            for entry in range(ofRow: row) {
                let column = Int(columns[entry])
                rows[next[column]] = Int32(row)
                moved[next[column]] = values[entry]
                next[column] += 1
            }
        }
        return SparseRows(columnCount: rowCount, offsets: offsets, columns: rows, values: moved)
    }
}
