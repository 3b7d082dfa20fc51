// SPDX-License-Identifier: GPL-3.0-or-later

/// Solves A x = b for every column of a table at once, A symmetric positive definite and known by what
/// it does to a table.
///
/// Conjugate gradients with the diagonal as preconditioner (Hestenes & Stiefel 1952; Golub & Van Loan
/// 2013, §11.5.2), each column with steps of its own. Sums run over blocks of rows in their order, so
/// bits do not depend on the number of threads.
struct ConjugateGradients {
    /// The part of |b| that may be left, far below the noise of one draw.
    private static let tolerance = 1e-3
    private static let iterationsMax = 50

    /// 1 / A_rr.
    let inverseDiagonal: [Float]
    /// Threads to work on.
    let threads: Int

    /// Improves `solution` until it solves A x = `right`, and returns the number of iterations.
    ///
    /// `apply` writes A times its first argument to its second.
    @discardableResult
    func solve(
        _ right: FloatTable, into solution: FloatTable,
        apply: (FloatTable, FloatTable) -> Void
    ) -> Int {
        let (rows, width) = (right.rowCount, right.width)
        let residual = FloatTable(rowCount: rows, width: width)
        let direction = FloatTable(rowCount: rows, width: width)
        let product = FloatTable(rowCount: rows, width: width)
        apply(solution, product)
        for place in 0..<rows * width {
            residual.base[place] = right.base[place] - product.base[place]
        }
        let goal = columnSums(right, right, isWeighted: true).map {
            $0 * Self.tolerance * Self.tolerance
        }
        var size = columnSums(residual, residual, isWeighted: true)
        var ratio = [Float](repeating: 0, count: width)
        for iteration in 0..<Self.iterationsMax {
            if zip(size, goal).allSatisfy({ $0 <= $1 }) { return iteration }
            update(direction, by: ratio, adding: residual)
            apply(direction, product)
            let curvature = columnSums(direction, product, isWeighted: false)
            let step = zip(size, curvature).map { $1 > 0 ? Float($0 / $1) : 0 }
            add(direction, times: step, to: solution)
            add(product, times: step.map { -$0 }, to: residual)
            let next = columnSums(residual, residual, isWeighted: true)
            ratio = zip(next, size).map { $1 > 0 ? Float($0 / $1) : 0 }
            size = next
        }
        return Self.iterationsMax
    }

    /// direction ← preconditioned residual + ratio · direction, column by column.
    private func update(
        _ direction: FloatTable, by ratio: [Float], adding residual: FloatTable
    ) {
        let inverse = inverseDiagonal
        forEachRow(direction.rowCount) { row in
            let (own, other) = (direction.row(row), residual.row(row))
            for c in ratio.indices { own[c] = inverse[row] * other[c] + ratio[c] * own[c] }
        }
    }

    private func add(_ source: FloatTable, times factor: [Float], to target: FloatTable) {
        forEachRow(target.rowCount) { row in
            let (own, other) = (target.row(row), source.row(row))
            for c in factor.indices { own[c] += factor[c] * other[c] }
        }
    }

    private func forEachRow(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        Parallel.forEachChunk(
            of: count, chunk: 256, threads: threads, makeScratch: {},
            body: { range, _ in for row in range { body(row) } })
    }

    /// Σ over rows of left · right, column by column, each row weighted by the preconditioner or not.
    private func columnSums(
        _ left: FloatTable, _ right: FloatTable, isWeighted: Bool
    ) -> [Double] {
        let blockRows = 256
        let width = left.width
        let inverse = inverseDiagonal
        let blocks = Parallel.map(
            count: (left.rowCount + blockRows - 1) / blockRows, chunk: 1, threads: threads
        ) { block in
            var sums = [Double](repeating: 0, count: width)
            for row in block * blockRows..<min((block + 1) * blockRows, left.rowCount) {
                let (a, b) = (left.row(row), right.row(row))
                let weight = isWeighted ? inverse[row] : 1
                for c in 0..<width { sums[c] += Double(weight * a[c] * b[c]) }
            }
            return sums
        }
        return blocks.reduce(into: [Double](repeating: 0, count: width)) { total, block in
            for c in 0..<width { total[c] += block[c] }
        }
    }
}
