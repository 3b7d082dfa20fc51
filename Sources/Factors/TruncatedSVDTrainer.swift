// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Computes truncated singular value decompositions of rating matrices.
///
/// Randomized subspace iteration (Halko, Martinsson & Tropp 2011, "Finding structure with
/// randomness", algorithms 4.4 and 5.1): a Gaussian test matrix from a counter-based source is sent
/// through the ratings to and fro, made orthonormal after each turn. Ratings have singular values
/// that fall slowly, which plain powers hardly tell apart; so a turn applies a Chebyshev polynomial
/// that damps what lies below the smallest value found so far (Zhou, Saad, Tiago & Chelikowsky
/// 2006, "Self-consistent-field calculations using Chebyshev-filtered subspace iteration").
/// O(powerIterations · ratings · width + turns · (users + items) · width²) with width = factors +
/// oversampling, all in Double. The same ratings, options and seed give the same bits at any
/// thread count.
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
        var basis = centred.times(start(itemCount: matrix.itemCount, options), threads: threads)
            .orthonormalized(threads: threads)
        var (items, eigen) = ritz(centred, &basis, threads)
        var done = 0
        while done < options.powerIterations {
            guard progress(Double(done) / Double(options.powerIterations + 1)) else {
                throw .cancelled
            }
            let degree = done == 0 ? 1 : min(turnDegree, options.powerIterations - done)
            basis = filtered(centred, basis, items, eigen, degree: degree, threads: threads)
            (items, eigen) = ritz(centred, &basis, threads)
            done += degree
        }
        guard items.storage.allSatisfy(\.isFinite), mean.isFinite,
            biases.allSatisfy({ Float($0).isFinite })
        else { throw .notFinite }
        guard progress(1) else { throw .cancelled }
        return TruncatedSVDHead(
            mean: mean,
            itemBiases: (0..<matrix.itemCount).map { biases.isEmpty ? 0 : Float(biases[$0]) },
            itemFactors: leading(options.factors, of: items, eigen),
            singularValues: eigen.values.prefix(options.factors).map {
                $0 > noise(eigen) ? $0.squareRoot() : 0
            },
            options: options)
    }

    private static func check(_ options: TruncatedSVDOptions) throws(TrainingError) {
        guard (1...256).contains(options.factors) else {
            throw .invalidOption(name: "factors", expected: "1…256")
        }
        guard (0...256).contains(options.oversampling) else {
            throw .invalidOption(name: "oversampling", expected: "0…256")
        }
        guard (0...1000).contains(options.powerIterations) else {
            throw .invalidOption(name: "powerIterations", expected: "0…1000")
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

    /// How often the ratings are applied between two orthonormalizations: more would let the
    /// largest singular value drown the others.
    private static let turnDegree = 4

    /// Turns `basis` (a row per user, orthonormal) to the directions in which the ratings act
    /// separately (Rayleigh–Ritz); gives their images, a row per item, and the squared values.
    private static func ritz(
        _ centred: CentredRatings, _ basis: inout TallMatrix, _ threads: Int
    ) -> (TallMatrix, SymmetricEigen) {
        let images = centred.transposedTimes(basis, threads: threads)
        let eigen = SymmetricEigen(
            images.gramian(threads: threads), order: basis.columnCount)
        basis = basis.times(eigen.vectors, threads: threads)
        return (images.times(eigen.vectors, threads: threads), eigen)
    }

    /// `basis` with its leading directions amplified: T_degree(2 A Aᵀ / cut − 1) applied, where A are
    /// the ratings and `cut` the smallest squared value; a plain A Aᵀ where that is nothing.
    private static func filtered(
        _ centred: CentredRatings, _ basis: TallMatrix, _ images: TallMatrix,
        _ eigen: SymmetricEigen, degree: Int, threads: Int
    ) -> TallMatrix {
        let cut = eigen.values.last ?? 0
        let product = centred.times(images, threads: threads)
        guard cut > noise(eigen), degree > 1 else {
            return product.orthonormalized(threads: threads)
        }
        var (before, current) = (basis, product.combined(2 / cut, minus: 1, basis))
        for _ in 1..<degree {
            let next = centred.times(
                centred.transposedTimes(current, threads: threads), threads: threads)
            (before, current) = (
                current,
                next.combined(4 / cut, minus: 2, current).combined(1, minus: 1, before)
            )
        }
        return current.orthonormalized(threads: threads)
    }

    /// Squared values up to this are rounding.
    private static func noise(_ eigen: SymmetricEigen) -> Double {
        1e-13 * (eigen.values.first ?? 0)
    }

    /// The first columns in unit length and single precision, each with the sign that makes its largest element
    /// (the first of equals) positive.
    private static func leading(
        _ count: Int, of items: TallMatrix, _ eigen: SymmetricEigen
    ) -> FactorMatrix {
        var factors = FactorMatrix(rowCount: items.rowCount, columnCount: count)
        for column in 0..<count {
            var largest = 0.0
            for row in 0..<items.rowCount {
                let value = items.storage[row * items.stride + column]
                if abs(value) > abs(largest) { largest = value }
            }
            guard eigen.values[column] > noise(eigen) else { continue }
            let scale = (largest < 0 ? -1 : 1) / eigen.values[column].squareRoot()
            for row in 0..<items.rowCount {
                factors.storage[row * factors.stride + column] = Float(
                    scale * items.storage[row * items.stride + column])
            }
        }
        return factors
    }
}
