// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Computes truncated singular value decompositions of rating matrices.
///
/// Randomized subspace iteration (Halko, Martinsson & Tropp 2011, "Finding structure with
/// randomness", algorithms 4.4 and 5.1): a Gaussian test matrix from a counter-based source is sent
/// through the ratings to and fro, made orthonormal after each turn. The Gramian's eigenvectors
/// stand in for QR and for the small SVD. O(powerIterations · ratings · width + (users + items) ·
/// width²) with width = factors + oversampling, all in Double. The same ratings, options and seed
/// give the same bits at any thread count.
public enum TruncatedSVDTrainer {
    /// Decomposes all of `matrix`.
    ///
    /// `progress` gets the finished part, 0…1, on the calling thread and returns false to cancel.
    /// Factors beyond the rank are zero. Throws when there is no rating, an option is out of range,
    /// or the ratings are too large.
    public static func train(
        _ matrix: RatingMatrix, options: TruncatedSVDOptions = .init(), threads: Int = 1,
        progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> TruncatedSVDHead {
        try check(options)
        guard matrix.count > 0 else { throw .noRatings }
        let (centred, mean) = centred(matrix, options)
        let biases = options.fill == .biasResidual ? centred.itemOffsets : []
        let steps = Double(options.powerIterations + 1)
        var users = centred.times(
            start(itemCount: matrix.itemCount, options), threads: threads)
        for step in 0..<options.powerIterations {
            guard progress(Double(step) / steps) else { throw .cancelled }
            let basis = users.orthonormalized(threads: threads).basis
            users = centred.times(
                centred.transposedTimes(basis, threads: threads), threads: threads)
        }
        guard progress(Double(options.powerIterations) / steps) else { throw .cancelled }
        // Twice is enough: the second pass removes what rounding left of the first.
        let basis = users.orthonormalized(threads: threads).basis
            .orthonormalized(threads: threads).basis
        let (items, squares) = centred.transposedTimes(basis, threads: threads)
            .orthonormalized(threads: threads)
        guard items.storage.allSatisfy(\.isFinite), mean.isFinite,
            biases.allSatisfy({ Float($0).isFinite })
        else { throw .notFinite }
        guard progress(1) else { throw .cancelled }
        return TruncatedSVDHead(
            mean: mean,
            itemBiases: (0..<matrix.itemCount).map { biases.isEmpty ? 0 : Float(biases[$0]) },
            itemFactors: leading(options.factors, of: items),
            singularValues: (0..<options.factors).map { squares[$0].squareRoot() },
            options: options)
    }

    private static func check(_ options: TruncatedSVDOptions) throws(TrainingError) {
        guard (1...256).contains(options.factors) else {
            throw .invalidOption(name: "factors", expected: "1…256")
        }
        guard (0...256).contains(options.oversampling) else {
            throw .invalidOption(name: "oversampling", expected: "0…256")
        }
        guard (0...100).contains(options.powerIterations) else {
            throw .invalidOption(name: "powerIterations", expected: "0…100")
        }
        guard options.userDamping >= 0, options.userDamping <= 1e6 else {
            throw .invalidOption(name: "userDamping", expected: "0…1000000")
        }
        guard options.itemDamping >= 0, options.itemDamping <= 1e6 else {
            throw .invalidOption(name: "itemDamping", expected: "0…1000000")
        }
    }

    /// The ratings less what fills the gaps, and the mean that a head starts from.
    private static func centred(
        _ matrix: RatingMatrix, _ options: TruncatedSVDOptions
    ) -> (CentredRatings, mean: Double) {
        let noItems = [Double](repeating: 0, count: matrix.itemCount)
        switch options.fill {
        case .zero:
            let noUsers = [Double](repeating: 0, count: matrix.userCount)
            return (
                CentredRatings(matrix: matrix, userOffsets: noUsers, itemOffsets: noItems), 0
            )
        case .userMean:
            let rows = matrix.byUser
            let means = (0..<rows.rowCount).map { row in
                let entries = rows.range(ofRow: row)
                let sum = entries.reduce(0.0) { $0 + Double(rows.values[$1]) }
                return sum / Double(max(entries.count, 1))
            }
            let mean = rows.values.reduce(0.0) { $0 + Double($1) } / Double(matrix.count)
            return (
                CentredRatings(matrix: matrix, userOffsets: means, itemOffsets: noItems), mean
            )
        case .biasResidual:
            let biases = DampedBiases(
                matrix, userDamping: options.userDamping, itemDamping: options.itemDamping)
            return (
                CentredRatings(
                    matrix: matrix, userOffsets: biases.userBiases.map { $0 + biases.mean },
                    itemOffsets: biases.itemBiases), biases.mean
            )
        }
    }

    /// The Gaussian test matrix: a row per item, each from a stream of its own.
    private static func start(itemCount: Int, _ options: TruncatedSVDOptions) -> TallMatrix {
        let width = options.factors + options.oversampling
        return TallMatrix(rowCount: itemCount, columnCount: width, threads: 1) { item, output in
            let random = CounterRandom(seed: options.seed, stream: UInt64(item))
            for d in 0..<width { output[d] = random.normal(UInt64(d)) }
        }
    }

    /// The first columns in single precision, each with the sign that makes its largest element
    /// (the first of equals) positive.
    private static func leading(_ count: Int, of items: TallMatrix) -> FactorMatrix {
        var factors = FactorMatrix(rowCount: items.rowCount, columnCount: count)
        for column in 0..<count {
            var largest = 0.0
            for row in 0..<items.rowCount {
                let value = items.storage[row * items.stride + column]
                if abs(value) > abs(largest) { largest = value }
            }
            for row in 0..<items.rowCount {
                let value = items.storage[row * items.stride + column]
                factors.storage[row * factors.stride + column] = Float(
                    largest < 0 ? -value : value)
            }
        }
        return factors
    }
}
