// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Gives items that nobody has rated the vectors that their features suggest.
///
/// The sampler draws their vectors from the prior, which knows nothing of them; a regression of the
/// rated items' mean vectors on their features knows genre and year. Their biases are such that the
/// average user's score is what the features say of an item's raters (`ItemMeans`).
struct UnratedItems {
    private let features: ItemFeatures
    private let itemMeans: [Float]
    private let weights: [Double]
    private let unrated: [Int]

    /// Finds the items without ratings.
    init(_ byItem: SparseRows, _ features: ItemFeatures, itemMeans: [Float]) {
        self.itemMeans = itemMeans
        self.features = features
        let counts = byItem.counts
        // Items with many ratings have sharper vectors, but no item may drown the others.
        weights = counts.map { Double($0) / (Double($0) + 20) }
        unrated = counts.indices.filter { counts[$0] == 0 }
    }

    /// The sample with their vectors filled in; itself where all items are rated.
    func completed(_ sample: BayesianSample) -> BayesianSample {
        guard !unrated.isEmpty else { return sample }
        let width = sample.width
        let regression = RidgeRegression(
            features,
            targets: { item in (0..<width).map { Double(sample.means[item * width + $0]) } },
            targetCount: width, weights: weights)
        var (means, designs, biases) = (sample.means, Array(sample.designs), sample.biases)
        for item in unrated {
            var vector = regression.prediction(of: item)
            let average = (1..<width).reduce(sample.population[0]) {
                $0 + sample.population[$1] * vector[$1]
            }
            vector[0] = Double(itemMeans[item]) - average
            biases[item] = Float(vector[0])
            for d in 0..<width {
                means[item * width + d] = Float(vector[d])
                designs[item * width + d] = d == 0 ? 1 : Float(vector[d])
            }
        }
        return BayesianSample(
            width: width, designs: FrozenArray(designs), biases: biases, means: means,
            noise: sample.noise,
            priorMean: sample.priorMean, priorPrecision: sample.priorPrecision,
            population: sample.population, link: sample.link)
    }
}
