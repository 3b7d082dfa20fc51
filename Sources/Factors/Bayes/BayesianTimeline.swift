// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// One user's ratings along time, for scores of ratings given at some moment.
///
/// Ratings given one after the other have something in common beyond the items: a mood, a yardstick.
/// Solved with that in mind, the model's score of item j at time t has h(t) added, the
/// expectation of the hidden components at t given the ratings around it: linear in the ratings.
public struct BayesianTimeline: Sendable {
    /// The user's vector, solved with ratings that hang together.
    public var vector: UserVector { foldIn.vector }

    private let head: BayesianHead
    private let profile: Profile
    private let filter: SequenceFilter
    private let foldIn: FoldIn
    /// The mean over samples of σ(t − Zx), in the order of time, times the model's part of a score.
    private let residuals: [Double]

    init(_ head: BayesianHead, _ profile: Profile) {
        let isTimed = head.hasTimes && profile.timestamps.contains { $0 != 0 }
        let filter = SequenceFilter(
            profile, isTimed ? head.options.sequence : [], itemPrecisions: head.itemPrecisions)
        let equations = BayesianEquations(head, profile, filter)
        let foldIn = head.solve(equations, of: profile)
        let factor = head.sampleFactor * head.modelPart(ratingCount: profile.count)
        var residuals = [Double](repeating: 0, count: profile.count)
        head.solvedPart(of: foldIn.vector, profile).withUnsafeBufferPointer { vector in
            for (place, sample) in head.samples.enumerated() {
                // Non-nil because there is at least one sample.
                guard let start = vector.baseAddress else { return }
                let targets = equations.targets(sample)
                let products = equations.products(sample.designs, with: start + place * head.width)
                for k in residuals.indices { residuals[k] += factor * targets[k] - products[k] }
            }
        }
        self.head = head
        self.profile = profile
        self.filter = filter
        self.foldIn = foldIn
        self.residuals = residuals
    }

    /// The score of a rating of `item` given at `time`.
    ///
    /// What neighbours add is without what hangs together at the time that they were rated.
    /// O(ratings + dimensions).
    public func score(of item: ItemIndex, at time: Int64) -> Double {
        head.score(of: item, for: vector)
            + zip(weights(of: item, at: time), residuals).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The parts of `score(of:at:)` beyond the item's base, which they and it add up to within 1e-9.
    ///
    /// What is expected of anybody, the share of each rating in the profile's order, and of each
    /// attribute.
    public func parts(of item: ItemIndex, at time: Int64) -> ScoreShares {
        head.parts(
            BayesianEquations(head, profile, filter), of: profile, to: item, with: foldIn,
            shift: weights(of: item, at: time))
    }

    /// What the residuals are multiplied by in the score of `item`.
    private func weights(of item: ItemIndex, at time: Int64) -> [Double] {
        var covariance = filter.covariance(at: time)
        for neighbour in head.designs.neighbours(of: item, in: profile) {
            let own = filter.covariance(at: profile.timestamps[neighbour.position])
            for k in covariance.indices { covariance[k] -= neighbour.weight * own[k] }
        }
        return filter.weighted(covariance)
    }
}

extension BayesianHead {
    /// The user's ratings along time; costs a solve of its own.
    public func timeline(of profile: Profile) -> BayesianTimeline {
        BayesianTimeline(self, profile)
    }
}
