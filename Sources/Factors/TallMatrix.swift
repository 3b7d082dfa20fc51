// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// Many rows of a few doubles, row-major, each row padded with zeros to a multiple of 16.
struct TallMatrix: Sendable {
    let rowCount: Int
    /// The number of columns that mean something.
    let columnCount: Int
    /// Doubles from one row to the next.
    let stride: Int
    /// rowCount × stride; those beyond `columnCount` in each row are zero.
    var storage: [Double]

    /// A matrix of zeros.
    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        stride = FactorMatrix.stride(forColumns: columnCount)
        storage = [Double](repeating: 0, count: rowCount * stride)
    }

    /// Rows that `fill` writes, each once, on any of the threads.
    init(
        rowCount: Int, columnCount: Int, threads: Int,
        fill: @escaping @Sendable (Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        self.init(rowCount: rowCount, columnCount: columnCount)
        let stride = stride
        storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Safe because every row is written by the one thread that took its chunk.
            nonisolated(unsafe) let output = base
            Parallel.forEachChunk(
                of: rowCount, chunk: 64, threads: threads, makeScratch: {},
                body: { range, _ in
                    for row in range { fill(row, output + row * stride) }
                })
        }
    }

    /// The columns' inner products, columnCount × columnCount, symmetric.
    ///
    /// Blocks of 256 rows are summed in their order, so the bits do not depend on `threads`.
    func gramian(threads: Int) -> [Double] {
        let blockRows = 256
        var total = [Double](repeating: 0, count: columnCount * columnCount)
        Parallel.forEachInOrder(
            count: (rowCount + blockRows - 1) / blockRows, threads: threads,
            of: { block in
                var sum = [Double](repeating: 0, count: stride * stride)
                let first = block * blockRows
                storage.withUnsafeBufferPointer { table in
                    // Non-nil because there is a block only where there are rows.
                    guard let rows = table.baseAddress else { return }
                    kernel_add_gram_f64(
                        rows + first * stride, min(blockRows, rowCount - first), stride, &sum)
                }
                return sum
            }
        ) { block in
            for row in 0..<columnCount {
                for column in row..<columnCount {
                    total[row * columnCount + column] += block[row * stride + column]
                }
            }
        }
        for row in 0..<columnCount {
            for column in 0..<row {
                total[row * columnCount + column] = total[column * columnCount + row]
            }
        }
        return total
    }

    /// This matrix times `right` (columnCount × columnCount, row-major).
    func times(_ right: [Double], threads: Int) -> TallMatrix {
        let (columns, stride) = (columnCount, stride)
        return TallMatrix(rowCount: rowCount, columnCount: columns, threads: threads) {
            row, output in
            for inner in 0..<columns {
                let value = storage[row * stride + inner]
                for column in 0..<columns {
                    output[column] += value * right[inner * columns + column]
                }
            }
        }
    }

    /// left · this − right · `other`, element by element, where both have the same shape.
    func combined(_ left: Double, minus right: Double, _ other: TallMatrix) -> TallMatrix {
        var result = self
        for place in storage.indices {
            result.storage[place] = left * storage[place] - right * other.storage[place]
        }
        return result
    }

    /// An orthonormal basis of the columns' span; directions that rounding alone could have made are
    /// zero columns.
    ///
    /// The eigenvectors of the scaled Gramian take the place of QR (Stathopoulos & Wu 2002, "A block
    /// orthogonalization procedure with constant synchronization requirements", algorithm SVQB),
    /// because they deal with dependent columns as they are. Two passes: the second removes what
    /// rounding left of the first.
    func orthonormalized(threads: Int) -> TallMatrix {
        orthonormalizedOnce(threads: threads).orthonormalizedOnce(threads: threads)
    }

    private func orthonormalizedOnce(threads: Int) -> TallMatrix {
        var gramian = gramian(threads: threads)
        let scales = (0..<columnCount).map { column in
            let square = gramian[column * columnCount + column]
            return square > 0 ? 1 / square.squareRoot() : 0
        }
        for row in 0..<columnCount {
            for column in 0..<columnCount {
                gramian[row * columnCount + column] *= scales[row] * scales[column]
            }
        }
        let eigen = SymmetricEigen(gramian, order: columnCount)
        let least = (eigen.values.first ?? 0) * 1e-13
        var scaled = eigen.vectors
        for row in 0..<columnCount {
            for column in 0..<columnCount {
                let value = eigen.values[column]
                let factor = value > least ? 1 / value.squareRoot() : 0
                scaled[row * columnCount + column] *= scales[row] * factor
            }
        }
        return times(scaled, threads: threads)
    }
}
