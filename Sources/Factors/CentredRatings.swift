// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The users × items matrix of ratings less an offset of the user and one of the item, and 0 where
/// there is no rating; only its products are ever computed.
struct CentredRatings: Sendable {
    let matrix: RatingMatrix
    /// One for each user.
    let userOffsets: [Double]
    /// One for each item.
    let itemOffsets: [Double]

    /// This matrix times `right`, which has a row per item; a row per user.
    func times(_ right: TallMatrix, threads: Int) -> TallMatrix {
        Self.product(
            matrix.byUser, rowOffsets: userOffsets, columnOffsets: itemOffsets, right, threads)
    }

    /// The transposed matrix times `left`, which has a row per user; a row per item.
    func transposedTimes(_ left: TallMatrix, threads: Int) -> TallMatrix {
        Self.product(
            matrix.byItem, rowOffsets: itemOffsets, columnOffsets: userOffsets, left, threads)
    }

    /// Each row's sum runs over its entries in their order, so the bits do not depend on `threads`.
    private static func product(
        _ rows: SparseRows, rowOffsets: [Double], columnOffsets: [Double], _ other: TallMatrix,
        _ threads: Int
    ) -> TallMatrix {
        let width = other.stride
        return TallMatrix(
            rowCount: rows.rowCount, columnCount: other.columnCount, threads: threads
        ) { row, output in
            other.storage.withUnsafeBufferPointer { table in
                // Non-nil because a row with entries has columns, which are rows of the table.
                guard let table = table.baseAddress else { return }
                for entry in rows.range(ofRow: row) {
                    let column = Int(rows.columns[entry])
                    let value =
                        Double(rows.values[entry]) - rowOffsets[row] - columnOffsets[column]
                    let source = table + column * width
                    for d in 0..<width { output[d] += value * source[d] }
                }
            }
        }
    }
}
