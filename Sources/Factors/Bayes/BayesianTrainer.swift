// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Trains the rating head by block Gibbs sampling of Bayesian matrix factorization.
///
/// Model, on ratings standardised to mean 0 and deviation 1: r_ui ~ N(b_u + b_i + p_u·q_i,
/// (α a_u a_i)⁻¹), rows (b, p) of each side from N(m + Bᵀx, Λ⁻¹), with m and Λ Normal–Wishart
/// (Salakhutdinov & Mnih 2008), B a link to the sets of rated items and of raters (Simm et al.
/// 2017), noise that differs between users and items. O(sweeps · (ratings · factors² + rows ·
/// factors³)), and O(items³) once for the links. Same ratings, options and seed give the same bits at
/// any thread count.
public enum BayesianTrainer {
    /// Trains on all of `matrix`; `features` speak for items with few ratings or none, `inputs` for
    /// users, and `influence` says how groups of users count for the items.
    ///
    /// `progress` gets the finished part, 0…1, on the calling thread and returns false to cancel.
    /// Throws when there is no rating, an option is out of range, or the ratings are too large for
    /// single precision.
    public static func train(
        _ matrix: RatingMatrix, features: ItemFeatures? = nil, inputs: AttributeInputs = .none,
        options: BayesianOptions = .init(), influence: GroupInfluence = .none, threads: Int = 1,
        progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> BayesianHead {
        try check(options)
        guard matrix.count > 0 else { throw .noRatings }
        let moments = RatingMoments(matrix.byUser)
        guard moments.mean.isFinite, moments.deviation.isFinite else { throw .notFinite }
        guard progress(0) else { throw .cancelled }
        let shares = ProgressShares(options, inputs)
        guard
            var collector = sampled(
                GibbsSampler(matrix, moments, options, influence, threads: threads), options,
                SampleCollector(
                    options, userCount: matrix.userCount, itemCount: matrix.itemCount,
                    threads: threads),
                progress: { progress(shares.sampling * $0) })
        else { throw .cancelled }
        var samples = collector.takeSamples()
        guard samples.allSatisfy({ $0.designs.allSatisfy(\.isFinite) }) else {
            throw .notFinite
        }
        let known = features ?? ItemFeatures(itemCount: matrix.itemCount)
        precondition(known.itemCount == matrix.itemCount, "features of other items")
        let itemMeans = ItemMeans.standardised(matrix.byItem, moments, known)
        let unrated = UnratedItems(matrix.byItem, known, itemMeans: itemMeans)
        // One by one, so that only one is there twice.
        for place in samples.indices { samples[place] = unrated.completed(samples[place]) }
        let head = BayesianHead(
            moments, samples,
            userPrecisions: collector.userPrecisions, itemPrecisions: collector.itemPrecisions,
            itemMeans: itemMeans,
            hasTimes: !options.sequence.isEmpty && matrix.timestamps.contains { $0 != 0 },
            options: options)
        // First, so that attributes change nothing for users who have not told theirs.
        let learning = NeighbourLearning(
            matrix, count: options.neighbours, influence: influence, threads: threads)
        guard
            let joined = learning.joined(
                head, progress: { progress(shares.sampling + shares.neighbours * $0) })
        else { throw .cancelled }
        guard !inputs.isEmpty else { return joined }
        let regression = AttributeRegression(inputs, matrix, threads: threads)
        guard
            let moved = regression.learned(
                joined, progress: { progress(1 - shares.attributes * (1 - $0)) })
        else { throw .cancelled }
        return moved
    }

    /// What is collected from all sweeps of a sampler, which is gone afterwards; nil when `progress`
    /// returns false.
    private static func sampled(
        _ sampler: consuming GibbsSampler, _ options: BayesianOptions,
        _ collector: consuming SampleCollector, progress: (Double) -> Bool
    ) -> SampleCollector? {
        for sweep in 0..<options.sweeps {
            let isKept = isKept(sweep, options)
            sampler.sweep(sweep, isKept: isKept)
            if isKept { collector.take(sampler) }
            guard progress(Double(sweep + 1) / Double(options.sweeps)) else { return nil }
        }
        return collector
    }

    /// The parts of the time that the steps of training take, about.
    private struct ProgressShares {
        let attributes: Double
        let neighbours: Double

        init(_ options: BayesianOptions, _ inputs: AttributeInputs) {
            attributes = inputs.isEmpty ? 0 : 0.15
            neighbours = options.neighbours == 0 ? 0 : 0.1
        }

        var sampling: Double { 1 - attributes - neighbours }
    }

    /// Whether the draw of `sweep` is one of those kept: evenly spread, the last included.
    static func isKept(_ sweep: Int, _ options: BayesianOptions) -> Bool {
        let after = options.sweeps - options.burnIn
        let place = sweep - options.burnIn
        guard place >= 0 else { return false }
        let count = options.drawCount
        return (place + 1) * count / after > place * count / after
    }

    private static func check(_ options: BayesianOptions) throws(TrainingError) {
        func require(
            _ holds: Bool, _ name: String, _ expected: String
        ) throws(TrainingError) {
            guard holds else { throw .invalidOption(name: name, expected: expected) }
        }
        try require((1...255).contains(options.factors), "factors", "1…255")
        try require((1...10_000).contains(options.sweeps), "sweeps", "1…10000")
        try require(
            (0..<options.sweeps).contains(options.burnIn), "burnIn", "0…sweeps − 1")
        try require((1...1000).contains(options.samples), "samples", "1…1000")
        try require((1...1000).contains(options.averaged), "averaged", "1…1000")
        try require(
            (0...BayesianOptions.neighboursMax).contains(options.neighbours), "neighbours",
            "0…\(BayesianOptions.neighboursMax)")
        for (name, value) in [
            ("userLinkStrength", options.userLinkStrength),
            ("itemLinkStrength", options.itemLinkStrength),
            ("userNoiseShape", options.userNoiseShape),
            ("itemNoiseShape", options.itemNoiseShape), ("priorScale", options.priorScale),
        ] {
            try require(value >= 1e-3 && value <= 1e6, name, "0.001…1000000")
        }
    }
}
