// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// Predicts ratings by the mean of several models, each drawn from the posterior.
///
/// A sample is a draw or an average of several (`SampleAverage`).
/// For each kept sample the user's vector x is the conditional mean given the item side and the
/// user's ratings of the moment: A x = Λ(m + Bᵀx_u) + α Σ a_i z_i t_i, A = Λ + α Σ a_i z_i z_iᵀ, with
/// z_i = (1, q_i), t_i = (r_i − μ)/σ − b_i, x_u = n^(−½) times the indicator of the n rated items. The
/// model's score is μ + σ · mean over samples of (b̄_j + z̄_j·x), b̄_j and z̄_j being the means that the sample
/// was drawn about: the Rao–Blackwellised posterior mean, linear in the user's ratings. What is
/// served is n parts of that and four of the item's damped mean (`ItemMeans`), which is all that
/// somebody without ratings gets: those who rate an item chose it; and then what the item's
/// neighbours add (`NeighbourLearning`). How noisy
/// training found a user to be is used for intervals alone: solved as if all users were alike, known
/// ones are predicted better too. Of time nothing is assumed; see `timeline(of:)` for ratings at a
/// given time.
public struct BayesianHead: LinearHead, Equatable {
    /// μ: the mean of the ratings trained on.
    public let mean: Double
    /// σ: their standard deviation.
    public let deviation: Double
    /// What it was trained with.
    public internal(set) var options: BayesianOptions
    /// Rows: z̄_j of each sample, side by side, and last what the item's damped mean is above its base;
    /// bases: σ · mean of b̄_j; offset: μ.
    public internal(set) var designs: DesignTable
    /// a_u of each user trained on, how much less noisy than average; mean 1.
    public let userPrecisions: [Float]
    /// a_i of each item, less where its vector is uncertain; of draws mean 1.
    public let itemPrecisions: [Float]
    /// Each item's damped mean, standardised.
    public let itemMeans: [Float]
    /// Whether the ratings trained on had times.
    public let hasTimes: Bool

    /// 1 over the mean of 1/a_u; 1 without users.
    let newUserReliability: Double
    /// √a_i.
    let itemRoots: [Float]
    /// What is known of users besides their ratings.
    let inputs: AttributeInputs
    let samples: [BayesianSample]
    /// Coordinates of one sample, padded.
    let width: Int

    init(
        _ moments: RatingMoments, _ samples: [BayesianSample], userPrecisions: [Float],
        itemPrecisions: [Float], itemMeans: [Float], hasTimes: Bool,
        inputs: AttributeInputs = .none, neighbours: ItemNeighbours? = nil,
        options: BayesianOptions
    ) {
        mean = moments.mean
        deviation = moments.deviation
        self.options = options
        self.userPrecisions = userPrecisions
        self.itemPrecisions = itemPrecisions
        self.itemMeans = itemMeans
        self.hasTimes = hasTimes
        self.inputs = inputs
        self.samples = samples
        itemRoots = itemPrecisions.map { $0.squareRoot() }
        let noise = userPrecisions.reduce(0.0) { $0 + 1 / Double($1) }
        newUserReliability = noise > 0 ? Double(userPrecisions.count) / noise : 1
        width = FactorMatrix.stride(forColumns: options.factors + 1)
        designs = Self.designs(samples, moments, itemMeans, neighbours)
    }

    private static func designs(
        _ samples: [BayesianSample], _ moments: RatingMoments, _ itemMeans: [Float],
        _ neighbours: ItemNeighbours?
    ) -> DesignTable {
        let items = itemMeans.count
        let width = samples[0].width
        var rows = FactorMatrix(rowCount: items, columnCount: width * samples.count + 1)
        var bases = [Double](repeating: 0, count: items)
        for (place, sample) in samples.enumerated() {
            for item in 0..<items {
                let start = item * rows.stride + place * width
                rows.storage[start] = 1
                for d in 1..<width { rows.storage[start + d] = sample.means[item * width + d] }
                bases[item] += Double(sample.means[item * width])
            }
        }
        let factor = moments.deviation / Double(samples.count)
        let narrow = bases.map { Float($0 * factor) }
        for item in 0..<items {
            rows[item, width * samples.count] =
                Float(moments.deviation) * itemMeans[item] - narrow[item]
        }
        return DesignTable(
            rows: rows, bases: narrow, offset: moments.mean, neighbours: neighbours)
    }

    /// What the noise of `samples` has been multiplied by.
    var caution: Double { options.isAveraged ? SampleAverage.caution : 1 }

    /// σ / samples: what a sample's part of a score is multiplied by.
    var sampleFactor: Double { deviation / Double(samples.count) }

    /// n^(−½): the size of each item's part in x_u.
    func linkScale(ratingCount: Int) -> Double {
        1 / Double(max(ratingCount, 1)).squareRoot()
    }

    /// The part of a score that is the model's; the rest is the item's damped mean.
    ///
    /// n of n + 4: users with one rating are predicted .014 worse on MovieLens 1M by the model alone, as
    /// are those whose taste has moved on since; with ten ratings of a random part it makes no
    /// difference.
    func modelPart(ratingCount: Int) -> Double {
        Double(ratingCount) / (Double(ratingCount) + Self.itemMeanStrength)
    }

    /// How many ratings the item's damped mean is worth.
    static let itemMeanStrength = 4.0

    /// Solves for the user's vectors from the ratings of this moment.
    ///
    /// O(samples · (ratings · factors² + factors³)).
    public func foldIn(_ profile: Profile) -> FoldIn {
        solve(BayesianEquations(self, profile), of: profile)
    }

    func solve(_ equations: BayesianEquations, of profile: Profile) -> FoldIn {
        let solution = solution(of: equations)
        return FoldIn(
            vector: vector(solution.vectors, of: profile, ratingCount: profile.count),
            factors: solution.factors)
    }

    /// x of each sample, one after the other, and what they were solved by.
    func solution(of equations: BayesianEquations) -> (vectors: [Double], factors: BatchFactors) {
        var rightSides = [Double](repeating: 0, count: samples.count * width)
        equations.prefetch(samples[0])
        let factors = rightSides.withUnsafeMutableBufferPointer { rightSides in
            BatchFactors(width: width, count: samples.count) { sample, matrix in
                // Each sample has tables of its own, together more than the nearer caches hold.
                if sample + 1 < samples.count { equations.prefetch(samples[sample + 1]) }
                // Non-nil because there is at least one sample.
                guard let start = rightSides.baseAddress else { return }
                equations.write(
                    samples[sample], matrix: matrix, rightSide: start + sample * width)
            }
        }
        return (factors.solve(rightSides), factors)
    }

    /// The vector that scores are made with, for what the samples' systems of the user of `profile`
    /// are solved to, weighed as of `ratingCount` ratings.
    ///
    /// What is expected by attributes moves the item's damped mean as it does the model's part.
    func vector(_ solution: [Double], of profile: Profile, ratingCount: Int) -> UserVector {
        let modelPart = modelPart(ratingCount: ratingCount)
        let factor = sampleFactor * modelPart
        var vector = solution.map { $0 * factor }
        if let shift = shift(of: profile.user) {
            let factor = sampleFactor * (1 - modelPart)
            for (d, amount) in shift.enumerated() { vector[d] += factor * amount }
        }
        vector.append(1 - modelPart)
        vector += [Double](repeating: 0, count: designs.rows.stride - vector.count)
        return UserVector(
            dimensions: designs.dimensions, padded: vector,
            rated: designs.neighbours == nil ? nil : profile)
    }

    /// Rows of a sample's table, `width` numbers each, times a vector.
    func products(
        _ table: FrozenArray<Float>, _ rows: [Int32], _ vector: UnsafePointer<Double>
    ) -> [Double] {
        table.withUnsafeBufferPointer { table in
            [Double](unsafeUninitializedCapacity: rows.count) { products, count in
                count = rows.count
                // Nil without rows alone.
                guard let first = products.baseAddress, let start = table.baseAddress else {
                    return
                }
                kernel_dot_rows_f64(start, width, rows, rows.count, vector, first)
            }
        }
    }

    /// Λ y in each sample; `vector` holds the samples' y one after the other.
    func precisions(times vector: [Double]) -> [Double] {
        precondition(vector.count == samples.count * width, "a vector of another length")
        var product = [Double](repeating: 0, count: vector.count)
        vector.withUnsafeBufferPointer { vector in
            product.withUnsafeMutableBufferPointer { product in
                // Non-nil because there is at least one sample.
                guard let y = vector.baseAddress, let result = product.baseAddress else { return }
                for (place, sample) in samples.enumerated() {
                    let start = place * width
                    // By rows, which are the columns: Λ is symmetric.
                    kernel_sum_scaled_rows_f64(
                        sample.priorPrecision, width, y + start, result + start)
                }
            }
        }
        return product
    }
}
