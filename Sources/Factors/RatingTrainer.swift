// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Trains the rating head by alternating least squares with explicit biases.
///
/// Minimizes Σ (r_ui − μ − b_u − b_i − p_u·q_i)² + Σ_rows √n (λ_b b² + λ |factors|²), one side
/// exactly at a time; a row's bias is one more coordinate, whose design is 1. O(sweeps · (ratings ·
/// factors² + rows · factors³)). Same ratings, options and seed give the same bits at any thread
/// count.
public enum RatingTrainer {
    /// Trains on all of `matrix`.
    ///
    /// `progress` gets the finished part, 0…1, on the calling thread and returns false to cancel.
    /// Items and users without ratings are left at zero. Throws when there is no rating, an option
    /// is out of range, or the ratings are too large for single precision.
    public static func train(
        _ matrix: RatingMatrix, scale: RatingScale, options: RatingHeadOptions = .init(),
        threads: Int = 1, progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> RatingHead {
        try check(options)
        guard matrix.count > 0 else { throw .noRatings }
        let (mean, deviation) = moments(matrix.byUser.values)
        guard mean.isFinite, deviation.isFinite else { throw .notFinite }
        // Constant ratings leave nothing to explain; any positive λ keeps their zero solution.
        let spread = deviation > 0 ? deviation : 1
        let lambda = options.regularization * spread
        let step = Step(
            mean: Float(mean), regularization: Float(lambda),
            biasRegularization: Float(options.biasRegularization), threads: threads)
        var items = start(matrix.byItem, mean: mean, spread: spread, options: options)
        for sweep in 0..<options.sweeps {
            guard progress(Double(2 * sweep) / Double(2 * options.sweeps)) else { throw .cancelled }
            let users = step.solve(matrix.byUser, against: items)
            guard progress(Double(2 * sweep + 1) / Double(2 * options.sweeps)) else {
                throw .cancelled
            }
            items = step.solve(matrix.byItem, against: users)
        }
        guard items.isFinite else { throw .notFinite }
        guard progress(1) else { throw .cancelled }
        return head(from: items, mean: mean, lambda: lambda, options: options)
    }

    private static func check(_ options: RatingHeadOptions) throws(TrainingError) {
        guard (1...1024).contains(options.factors) else {
            throw .invalidOption(name: "factors", expected: "1…1024")
        }
        guard (1...10_000).contains(options.sweeps) else {
            throw .invalidOption(name: "sweeps", expected: "1…10000")
        }
        guard options.regularization >= 1e-3, options.regularization <= 1e6 else {
            throw .invalidOption(name: "regularization", expected: "0.001…1000000")
        }
        guard options.biasRegularization >= 1e-3, options.biasRegularization <= 1e6 else {
            throw .invalidOption(name: "biasRegularization", expected: "0.001…1000000")
        }
    }

    /// The mean and standard deviation, summed in order in Double.
    private static func moments(_ values: RatingValues) -> (mean: Double, deviation: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        let squares = values.reduce(0.0) { sum, value in
            let difference = Double(value) - mean
            return sum + difference * difference
        }
        return (mean, (squares / count).squareRoot())
    }

    /// Rows (bias, factors) to start from: damped item means, small random factors, both fading to
    /// zero with the number of ratings.
    private static func start(
        _ byItem: SparseRows, mean: Double, spread: Double, options: RatingHeadOptions
    ) -> FactorMatrix {
        var rows = FactorMatrix(rowCount: byItem.rowCount, columnCount: options.factors + 1)
        // Factors multiply each other, so they scale with the root of the ratings' spread.
        let amplitude = 0.3 * spread.squareRoot()
        for item in 0..<byItem.rowCount where !byItem.range(ofRow: item).isEmpty {
            let entries = byItem.range(ofRow: item)
            let sum = entries.reduce(0.0) { $0 + Double(byItem.values[$1]) - mean }
            let count = Double(entries.count)
            rows[item, 0] = Float(sum / (count + 5))
            let shrunk = amplitude * count / (count + 20)
            let random = CounterRandom(seed: options.seed, stream: UInt64(item))
            for factor in 1...options.factors {
                rows[item, factor] = Float(shrunk * random.normal(UInt64(factor)))
            }
        }
        return rows
    }

    private static func head(
        from items: FactorMatrix, mean: Double, lambda: Double, options: RatingHeadOptions
    ) -> RatingHead {
        var factors = FactorMatrix(rowCount: items.rowCount, columnCount: options.factors)
        var biases = [Float](repeating: 0, count: items.rowCount)
        for item in 0..<items.rowCount {
            biases[item] = items[item, 0]
            for factor in 0..<options.factors { factors[item, factor] = items[item, factor + 1] }
        }
        return RatingHead(
            mean: mean, itemBiases: biases, itemFactors: factors, regularization: lambda,
            biasRegularization: options.biasRegularization, options: options)
    }

    /// What all half steps of one training share.
    private struct Step {
        let mean: Float
        let regularization: Float
        let biasRegularization: Float
        let threads: Int

        /// Solves one side's rows (bias, factors) against the other's.
        func solve(_ rows: SparseRows, against other: FactorMatrix) -> FactorMatrix {
            var designs = other
            var offsets = [Float](repeating: mean, count: other.rowCount)
            for row in 0..<other.rowCount {
                offsets[row] += other.storage[row * other.stride]
                designs.storage[row * other.stride] = 1
            }
            let (bias, factors) = (biasRegularization, regularization)
            let solver = RowSolver(
                rows: rows, designs: designs, prior: [],
                diagonal: { count in
                    let root = Float(count).squareRoot()
                    return (bias * root, factors * root)
                },
                fill: { [offsets] entries, _, scales, targets in
                    for (k, entry) in entries.enumerated() {
                        scales[k] = 1
                        targets[k] = rows.values[entry] - offsets[Int(rows.columns[entry])]
                    }
                })
            return solver.solve(threads: threads)
        }
    }
}
