// SPDX-License-Identifier: GPL-3.0-or-later

/// How the Bayesian rating head is trained.
///
/// The defaults are tuned on MovieLens 1M. Ratings are standardised first, so they hold on any
/// scale.
public struct BayesianOptions: Sendable, Equatable, Codable {
    /// Implicit sets are solved by an inverse, of at most 576 MiB, where there are no more users or no
    /// more items than this, else by conjugate gradients.
    public static let linkInverseMax = 12_288
    /// The most neighbours of an item.
    static let neighboursMax = 16

    /// Latent factors of a row besides its bias, 1…255.
    ///
    /// One below a multiple of 16 wastes nothing.
    public var factors: Int
    /// Sweeps of the sampler, burn-in included, at least 1.
    public var sweeps: Int
    /// Sweeps before the first sample is kept, below `sweeps`.
    public var burnIn: Int
    /// How many samples are kept and served, at least 1: evenly spread over the sweeps after the
    /// burn-in, the last one among them.
    public var samples: Int
    /// How many draws, evenly spread, are averaged for each sample served, at least 1.
    ///
    /// Costs nothing to serve: see `SampleAverage`.
    public var averaged: Int
    /// Whether which items a user rated, whatever the value, moves what is expected of the user,
    /// and likewise for items.
    public var implicitSets: Bool
    /// λ_B of the users' link, above 0.
    public var userLinkStrength: Double
    /// λ_B of the items' link, above 0.
    public var itemLinkStrength: Double
    /// ν of the users' noise, above 0: small lets users differ more in how noisy they are.
    public var userNoiseShape: Double
    /// ν of the items' noise.
    public var itemNoiseShape: Double
    /// The diagonal of W₀⁻¹, above 0: large expects small precisions, so large factors.
    public var priorScale: Double
    /// What ratings given one after the other have in common, for scores at a given time: at most two
    /// components; none where the data has no times.
    ///
    /// Served with alone. Sampled with, too, it took a third more time, left ratings at a given time
    /// as well predicted, and others worse, as items then miss what is common to those met together.
    public var sequence: [SequenceComponent]
    /// How many neighbours an item may have, ratings of which move its score by what the model has not
    /// caught (`NeighbourLearning`), 0…`neighboursMax`.
    public var neighbours: Int
    /// What everything is drawn from.
    public var seed: UInt64

    enum CodingKeys: CodingKey {
        case factors, sweeps, burnIn, samples, averaged, implicitSets, userLinkStrength
        case itemLinkStrength, userNoiseShape, itemNoiseShape, priorScale, sequence, neighbours,
            seed
    }

    /// Options with good defaults.
    public init(
        factors: Int = 31, sweeps: Int = 60, burnIn: Int = 10, samples: Int = 8, averaged: Int = 1,
        implicitSets: Bool = true, userLinkStrength: Double = 5, itemLinkStrength: Double = 1,
        userNoiseShape: Double = 4, itemNoiseShape: Double = 16, priorScale: Double = 4,
        sequence: [SequenceComponent] = [
            SequenceComponent(variance: 0.07, step: 0.8, pause: 0.3),
            SequenceComponent(variance: 0.05, step: 0.98, pause: 0.3),
        ],
        neighbours: Int = 3, seed: UInt64 = 1
    ) {
        self.factors = factors
        self.sweeps = sweeps
        self.burnIn = burnIn
        self.samples = samples
        self.averaged = averaged
        self.implicitSets = implicitSets
        self.userLinkStrength = userLinkStrength
        self.itemLinkStrength = itemLinkStrength
        self.userNoiseShape = userNoiseShape
        self.itemNoiseShape = itemNoiseShape
        self.priorScale = priorScale
        self.sequence = sequence
        self.neighbours = neighbours
        self.seed = seed
    }
}

extension BayesianOptions {
    /// Whether samples served are averages, not draws.
    var isAveraged: Bool { averaged > 1 }

    /// How many draws are kept, of averages all of them.
    var drawCount: Int { min(samples * averaged, sweeps - burnIn) }

    /// The most accurate predictions.
    public static let best = BayesianOptions(sweeps: 100, burnIn: 8, averaged: 6)

    /// Predictions nearly as good as stochastic gradient descent at its best, in little time and
    /// memory: few sweeps of a small model without implicit sets or hidden noise.
    public static let fast = BayesianOptions(
        factors: 15, sweeps: 11, burnIn: 5, samples: 6, implicitSets: false, sequence: [],
        neighbours: 0)
}
