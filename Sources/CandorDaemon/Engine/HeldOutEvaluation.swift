// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Trains a generation's models again without part of every user's ratings and measures them on
/// that part.
struct HeldOutEvaluation {
    /// The list length of the ranking metric.
    static let listLength = 10

    private let generation: Generation
    private let train: RatingMatrix
    private let test: RatingMatrix
    private let threads: Int

    /// Holds out `floor(share · n)` ratings of every user, by the generation's own seed.
    init(_ generation: Generation, share: Double, threads: Int) {
        self.generation = generation
        self.threads = threads
        let parts = Split.perUser(
            generation.matrix, heldOut: share, seed: generation.manifest.training.seed)
        train = parts.kept
        test = parts.heldOut
    }

    /// For each user what the held-out ratings say, nil where none was held out.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    func measure(
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> [HeldOutUser?] {
        let heads = try HeadTrainer.train(
            train, items: generation.items, scale: generation.scale,
            options: generation.manifest.training,
            threads: threads
        ) { fraction, stage in progress(0.9 * fraction, "\(stage) on \(percentKept)% of ratings") }
        guard progress(0.9, "measuring stars") else { throw .cancelled }
        let stars = RatingMetrics(
            of: heads.rating, train: train, test: test, scale: generation.scale, threads: threads)
        guard progress(0.95, "measuring lists") else { throw .cancelled }
        let lists = RankingMetrics(
            of: heads.ranking, train: train, test: test, cutoff: Self.listLength,
            threshold: generation.scale.relevanceThreshold, threads: threads)
        var users = [HeldOutUser?](repeating: nil, count: test.userCount)
        let ndcg = Dictionary(uniqueKeysWithValues: lists.users.map { ($0.user, $0.nDCG) })
        for errors in stars.users {
            users[errors.user.position] = HeldOutUser(
                ratings: errors.count, squaredError: errors.squared, ndcg: ndcg[errors.user])
        }
        return users
    }

    private var percentKept: Int {
        Int((100 * Double(train.count) / Double(max(1, train.count + test.count))).rounded())
    }
}
