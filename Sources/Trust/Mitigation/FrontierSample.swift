// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// One trained or re-ranked state of a frontier, measured user by user.
public struct FrontierSample: Sendable {
    /// The method's strength.
    public let strength: Double
    /// Both heads on held-out ratings.
    public let measurements: HeldOutMeasurements
    /// The rating head's vector of every user measured, in their order.
    public let vectors: [[Double]]
    /// What leakage is measured on: as `vectors`, but with nothing learned from the users that the attack
    /// is tested on.
    public let attacked: [[Double]]
    /// ZᵀZ / items of the rating head's design vectors: what turns a difference of vectors into the
    /// mean square over items of that of scores.
    public let scoreGramian: [Double]
    /// The divergence of each user's list from the user's genres; NaN where there are none to be like.
    public let divergences: [Double]

    /// Measures `rating` for the users of `measurements`, whose ratings are `train`.
    ///
    /// - Parameters:
    ///   - strength: The method's strength.
    ///   - measurements: Both heads on held-out ratings.
    ///   - rating: The rating head.
    ///   - train: What it was trained on.
    ///   - members: The groups of the users, and who may teach an attack.
    ///   - genres: The genres of the items.
    ///   - threads: Threads; the result does not depend on it.
    public init(
        strength: Double, measurements: HeldOutMeasurements, rating: some LinearHead,
        train: RatingMatrix, members: FrontierUsers, genres: GenreMix, threads: Int
    ) {
        self.strength = strength
        self.measurements = measurements
        divergences = Self.divergences(measurements, train, genres)
        let users = measurements.users.map(\.user)
        vectors = Parallel.map(count: users.count, chunk: 16, threads: threads) { place in
            rating.foldIn(train.profile(of: users[place])).vector.coordinates
        }
        attacked =
            (rating as? any ErasedVectors)?.withErasureLearned(
                from: train, users: users, learners: members.learners, groups: members.groups,
                threads: threads)
            ?? vectors
        scoreGramian = Self.gramian(rating.designs)
    }

    /// The same users and vectors with other lists, one for each user.
    public func replacing(
        lists: [[ItemIndex]], strength: Double, train: RatingMatrix, genres: GenreMix
    ) -> FrontierSample {
        let replaced = measurements.replacing(lists: lists)
        return FrontierSample(
            strength: strength, measurements: replaced, vectors: vectors, attacked: attacked,
            scoreGramian: scoreGramian,
            divergences: Self.divergences(replaced, train, genres))
    }

    /// Puts a sample together from what was measured elsewhere.
    init(
        strength: Double, measurements: HeldOutMeasurements, vectors: [[Double]],
        attacked: [[Double]], scoreGramian: [Double], divergences: [Double]
    ) {
        self.strength = strength
        self.measurements = measurements
        self.vectors = vectors
        self.attacked = attacked
        self.scoreGramian = scoreGramian
        self.divergences = divergences
    }

    private static func divergences(
        _ measurements: HeldOutMeasurements, _ train: RatingMatrix, _ genres: GenreMix
    ) -> [Double] {
        measurements.users.map { user in
            let profile = train.profile(of: user.user)
            guard
                let target = genres.mix(
                    of: profile, likedFrom: measurements.relevanceThreshold)
            else { return .nan }
            return GenreShares.divergence(of: genres.mix(ofList: user.list), from: target)
        }
    }

    private static func gramian(_ designs: DesignTable) -> [Double] {
        let width = designs.dimensions
        var sum = [Double](repeating: 0, count: width * width)
        for item in 0..<designs.itemCount {
            let row = designs.rows.row(item).map(Double.init)
            for a in 0..<width where row[a] != 0 {
                for b in 0..<width { sum[a * width + b] += row[a] * row[b] }
            }
        }
        return sum.map { $0 / Double(max(designs.itemCount, 1)) }
    }
}
