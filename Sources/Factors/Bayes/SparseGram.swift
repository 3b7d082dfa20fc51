// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// XᵀX + λI for a sparse binary X whose rows are scaled, as a dense symmetric matrix.
enum SparseGram {
    /// The upper triangle of Σ_r scale_r² x_r x_rᵀ + λI, columns × columns.
    ///
    /// `rows` has the rows of X, `transposed` the same by columns. O(Σ n_r²), spread over threads by
    /// columns; bits do not depend on their number.
    static func matrix(
        _ rows: SparseRows, transposed: SparseRows, squaredScales: [Float], ridge: Float,
        threads: Int
    ) -> FloatTable {
        let size = transposed.rowCount
        let gram = FloatTable(rowCount: size, width: FactorMatrix.stride(forColumns: max(size, 1)))
        Parallel.forEachChunk(
            of: size, chunk: 16, threads: threads, makeScratch: {},
            body: { range, _ in
                rows.columns.withUnsafeBufferPointer { columns in
                    for column in range {
                        let sums = gram.row(column)
                        for entry in transposed.range(ofRow: column) {
                            let row = Int(transposed.columns[entry])
                            let square = squaredScales[row]
                            for other in entries(of: row, from: column, rows, columns) {
                                sums[Int(columns[other])] += square
                            }
                        }
                        sums[column] += ridge
                    }
                }
            })
        return gram
    }

    /// The entries of a row from `column` on.
    private static func entries(
        of row: Int, from column: Int, _ rows: SparseRows, _ columns: UnsafeBufferPointer<Int32>
    ) -> Range<Int> {
        let all = rows.range(ofRow: row)
        var (low, high) = (all.lowerBound, all.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if columns[middle] < Int32(column) { low = middle + 1 } else { high = middle }
        }
        return low..<all.upperBound
    }
}
