// SPDX-License-Identifier: GPL-3.0-or-later

/// Compressed sparse rows: for each row, ascending column positions and their values.
///
/// `offsets.count == rowCount + 1`; row r owns entries `offsets[r] ..< offsets[r + 1]` of
/// `columns` and `values`; columns ascend strictly within a row. Five bytes an entry where values
/// are coded (`RatingValues`), else eight.
public struct SparseRows: Sendable, Equatable {
    /// The exclusive upper bound of column positions.
    public let columnCount: Int
    /// Where each row's entries start, and the total at the end.
    public let offsets: [Int]
    /// The column of each entry.
    public let columns: FrozenArray<Int32>
    /// The value of each entry.
    public let values: RatingValues

    /// Wraps finished rows; traps when the arrays contradict each other.
    public init(
        columnCount: Int, offsets: [Int], columns: FrozenArray<Int32>, values: RatingValues
    ) {
        precondition(
            offsets.first == 0 && offsets.last == columns.count && columns.count == values.count,
            "sparse rows: offsets, columns and values disagree")
        self.columnCount = columnCount
        self.offsets = offsets
        self.columns = columns
        self.values = values
    }

    /// The number of rows.
    @inlinable public var rowCount: Int { offsets.count - 1 }

    /// The number of stored entries.
    public var count: Int { columns.count }

    /// The entry positions of row `row`.
    @inlinable public func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

    /// The number of entries of every row.
    public var counts: [Int] { (0..<rowCount).map { range(ofRow: $0).count } }

    /// The same rows with each value replaced by what `transform` makes of it.
    ///
    /// Columns are shared, and so are codes of values; O(distinct values) where values are coded.
    public func mappingValues(_ transform: (Float) -> Float) -> SparseRows {
        SparseRows(
            columnCount: columnCount, offsets: offsets, columns: columns,
            values: values.mapped(transform))
    }
}

extension SparseRows {
    /// The same entries with rows and columns exchanged, in O(entries + rows + columns).
    ///
    /// Traps when a column is outside 0 ..< `columnCount`.
    public func transposed() -> SparseRows {
        var counts = [Int](repeating: 0, count: columnCount + 1)
        columns.withUnsafeBufferPointer { columns in
            for column in columns {
                precondition(column >= 0, "a negative column")
                counts[Int(column) + 1] += 1
            }
        }
        for column in 0..<columnCount { counts[column + 1] += counts[column] }
        let transposedColumns: FrozenArray<Int32>
        let transposedValues: RatingValues
        if values.plain.isEmpty {
            let moved = moved(values.codes, to: counts)
            transposedColumns = moved.rows
            transposedValues = RatingValues(distinct: values.distinct, codes: moved.values)
        } else {
            let moved = moved(values.plain, to: counts)
            transposedColumns = moved.rows
            transposedValues = RatingValues(plain: moved.values)
        }
        return SparseRows(
            columnCount: rowCount, offsets: counts, columns: transposedColumns,
            values: transposedValues)
    }

    /// The row and payload of each entry, ordered by column and then row.
    private func moved<Value: BitwiseCopyable & Sendable>(
        _ payload: FrozenArray<Value>, to starts: [Int]
    ) -> (rows: FrozenArray<Int32>, values: FrozenArray<Value>) {
        var next = starts
        var moved: FrozenArray<Value> = []
        let rows = FrozenArray<Int32>(count: count) { rows in
            moved = FrozenArray(count: count) { values in
                next.withUnsafeMutableBufferPointer { next in
                    columns.withUnsafeBufferPointer { columns in
                        payload.withUnsafeBufferPointer { payload in
                            scatter(columns, payload, next, rows, values)
                        }
                    }
                }
            }
        }
        return (rows, moved)
    }

    private func scatter<Value: BitwiseCopyable>(
        _ columns: UnsafeBufferPointer<Int32>, _ payload: UnsafeBufferPointer<Value>,
        _ next: UnsafeMutableBufferPointer<Int>, _ rows: UnsafeMutableBufferPointer<Int32>,
        _ values: UnsafeMutableBufferPointer<Value>
    ) {
        for row in 0..<rowCount {
            for entry in range(ofRow: row) {
                // Inside, because each column's run of places was counted from the same columns.
                let column = Int(columns[entry])
                let place = next[column]
                rows[place] = Int32(truncatingIfNeeded: row)
                values[place] = payload[entry]
                next[column] = place + 1
            }
        }
    }
}
