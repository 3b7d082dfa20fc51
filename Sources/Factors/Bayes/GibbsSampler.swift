// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// The state of the sampler and its sweeps.
struct GibbsSampler {
    /// The sweep from which noise may differ between rows: before, residuals say little of it.
    private static let firstNoiseSweep = 3
    /// The sweep from which links are drawn.
    private static let firstLinkSweep = 2

    private(set) var users: SamplerSide
    private(set) var items: SamplerSide
    private let matrix: RatingMatrix
    private let moments: RatingMoments
    private let options: BayesianOptions
    private let influence: GroupInfluence
    private let threads: Int
    private let wishart: NormalWishart
    /// α.
    private var noise = 1.5
    /// α as the users' rows were drawn with it: what a kept sample is made of.
    private var usedNoise = 1.5

    /// Starts from damped item means and small random factors, both fading to zero with the number
    /// of ratings.
    init(
        _ matrix: RatingMatrix, _ moments: RatingMoments, _ options: BayesianOptions,
        _ influence: GroupInfluence, threads: Int
    ) {
        let dimensions = options.factors + 1
        self.matrix = matrix
        self.moments = moments
        self.options = options
        self.influence = influence
        self.threads = threads
        users = SamplerSide(matrix.byUser, dimensions: dimensions, priorStrength: 10)
        items = SamplerSide(matrix.byItem, dimensions: dimensions, priorStrength: 10)
        wishart = NormalWishart(scale: options.priorScale, dimensions: dimensions)
        start(dimensions)
        if !influence.weights.isEmpty { weigh(influence.weights) }
        guard options.implicitSets else { return }
        users.link = ImplicitLink(
            matrix.byUser, transposed: matrix.byItem, strength: options.userLinkStrength,
            width: users.width, threads: threads)
        items.link = ImplicitLink(
            matrix.byItem, transposed: matrix.byUser, strength: options.itemLinkStrength,
            width: items.width, threads: threads)
    }

    private func weigh(_ weights: [Float]) {
        precondition(weights.count == users.rowCount, "a weight for each user")
        users.influence = weights.map { $0.squareRoot() }
        let rows = items.rows
        items.entryWeights = (0..<rows.rowCount).map { item in
            rows.range(ofRow: item).reduce(0.0) { $0 + Double(weights[Int(rows.columns[$1])]) }
        }
    }

    private func start(_ dimensions: Int) {
        let rows = matrix.byItem
        for row in 0..<rows.rowCount { items.designs.row(row)[0] = 1 }
        for item in 0..<rows.rowCount {
            let entries = rows.range(ofRow: item)
            guard !entries.isEmpty else { continue }
            let sum = entries.reduce(0.0) { $0 + Double(rows.values[$1]) - moments.mean }
            let count = Double(entries.count)
            let vector = items.vectors.row(item)
            items.biases[item] = Float(sum / moments.deviation / (count + 5))
            vector[0] = items.biases[item]
            let random = CounterRandom(seed: options.seed, stream: UInt64(item))
            for d in 1..<dimensions {
                vector[d] = Float(0.3 * count / (count + 20) * random.normal(UInt64(d)))
                items.designs.row(item)[d] = vector[d]
            }
        }
        items.weigh(threads: threads)
    }

    /// Draws everything once: the items' side, the users' side, then the noise.
    ///
    /// With `isKept` the state afterwards makes a `sample`.
    mutating func sweep(_ number: Int, isKept: Bool) {
        if isKept && items.means == nil {
            items.means = FloatTable(rowCount: items.rowCount, width: items.width)
        }
        let random = CounterRandom(seed: options.seed, stream: 1 << 40 + UInt64(number))
        if number > 0 {
            if influence.parityStrength > 0 { items.pseudoRatings = pseudoRatings }
            draw(&items, given: users, number, random.source(1))
            drawPrecisions(items, options.itemNoiseShape, number, random.source(2))
        }
        usedNoise = noise
        draw(&users, given: items, number, random.source(3))
        drawPrecisions(users, options.userNoiseShape, number, random.source(4))
        var sum = 0.0
        for user in 0..<users.rowCount {
            sum += Double(users.residuals[user]) * Double(users.precisions[user])
        }
        let shape = 1 + Double(matrix.count) / 2
        noise = random.source(5).gamma(shape: shape) / (1 + sum / 2)
    }

    private var pseudoRatings: [PseudoRating] {
        influence.contrasts.map { contrast in
            PseudoRating(
                contrast.difference(width: users.width) { UnsafePointer(users.vectors.row($0)) },
                precision: noise * influence.parityStrength)
        }
    }

    private func draw(
        _ side: inout SamplerSide, given other: SamplerSide, _ sweep: Int, _ random: CounterRandom
    ) {
        if sweep > 0 { side.drawPrior(wishart, random.source(1), threads: threads) }
        if sweep >= Self.firstLinkSweep {
            side.link?.draw(side.vectors, side.prior, random.source(2), threads: threads)
        }
        let sampler = RowSampler(
            mean: Float(moments.mean), scale: Float(1 / moments.deviation), noise: Float(noise),
            threads: threads)
        sampler.draw(side, given: other, random.source(3))
    }

    private func drawPrecisions(
        _ side: SamplerSide, _ shape: Double, _ sweep: Int, _ random: CounterRandom
    ) {
        if sweep >= Self.firstNoiseSweep {
            side.drawPrecisions(shape: shape, noise: noise, random, threads: threads)
        }
        side.weigh(threads: threads)
    }

    /// What is served of the current state.
    var sample: BayesianSample {
        BayesianSample(
            width: items.width, designs: items.designs.frozen, biases: items.biases,
            means: (items.means ?? items.vectors).numbers, noise: usedNoise,
            priorMean: users.prior.mean, priorPrecision: users.prior.precision,
            population: population,
            link: users.link.map(\.coefficients.frozen) ?? [])
    }

    /// The mean of m + Bᵀx_u over the users with ratings.
    private var population: [Double] {
        guard let fitted = users.link?.fitted else { return users.prior.mean }
        let rated = (0..<users.rowCount).filter { !users.rows.range(ofRow: $0).isEmpty }
        var sum = [Double](repeating: 0, count: users.width)
        for user in rated {
            for d in sum.indices { sum[d] += Double(fitted.row(user)[d]) }
        }
        return zip(users.prior.mean, sum).map { $0 + $1 / Double(max(rated.count, 1)) }
    }
}
