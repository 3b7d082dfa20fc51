// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Testing

@Suite("FactorMatrix")
struct FactorMatrixTests {
    @Test(
        "rows are padded to whole vectors",
        arguments: [(1, 16), (15, 16), (16, 16), (17, 32), (64, 64), (65, 80)])
    func stride(columns: Int, stride: Int) {
        let matrix = FactorMatrix(rowCount: 3, columnCount: columns)
        #expect(matrix.stride == stride)
        #expect(matrix.storage == [Float](repeating: 0, count: 3 * stride))
    }

    @Test("elements, rows and storage are the same numbers")
    func elements() {
        var matrix = FactorMatrix(rowCount: 2, columnCount: 3)
        matrix[1, 2] = 7
        #expect(Array(matrix.row(1)) == [0, 0, 7])
        #expect(
            FactorMatrix(columnCount: 3, stride: 16, storage: matrix.storage) == matrix)
        #expect(matrix.isFinite)
        matrix[0, 0] = .nan
        #expect(!matrix.isFinite)
    }

    @Test("a matrix may have no rows")
    func noRows() {
        let matrix = FactorMatrix(rowCount: 0, columnCount: 5)
        #expect(matrix.rowCount == 0 && matrix.storage.isEmpty && matrix.isFinite)
    }
}
