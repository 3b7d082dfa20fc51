// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings
import Trust

/// What several models, trained on the first 70% of all ratings by time, are worth on the rest.
public struct LaterFindings: Sendable {
    /// One model.
    public struct Model: Sendable {
        /// Its name in numbers' names.
        public let id: String
        /// Its name for people.
        public let title: String
        /// Whether it is the model that serves.
        public let isServed: Bool
        /// The SHA-256 of its bytes.
        public let hash: String
        /// What it is worth.
        public let errors: LaterErrors
    }

    /// One later part.
    public struct Part: Sendable, Equatable {
        /// `validation` or `test`.
        public let name: String
        /// Its ratings.
        public let ratings: Int
        /// Those by users without an earlier rating.
        public let coldUserRatings: Int
        /// The SHA-256 of which ratings are in it.
        public let hash: String
    }

    /// How many ratings the models learned from.
    public let trainCount: Int
    /// The later parts in the order of time.
    public let parts: [Part]
    /// The models in the order they were given.
    public let models: [Model]

    /// Trains and measures `models` one after the other.
    ///
    /// Nil where no rating has a time, because then there is no earlier and later. `progress` gets
    /// 0…1 and a stage, and returns false to cancel.
    public init?(
        _ models: [ReportModel], matrix: RatingMatrix, scale: RatingScale, threads: Int,
        hash: ([UInt8]) -> String, progress: (Double, String) -> Bool
    ) throws(TrainingError) {
        guard matrix.timestamps.contains(where: { $0 != 0 }) else { return nil }
        let split = ChronologicalParts(matrix)
        // Because the served model takes most of the time, each of the others counts as a tenth.
        let weights = models.map { $0.isServed ? 1.0 : 0.1 }
        let total = weights.reduce(0, +)
        var (measured, done): ([Model], Double) = ([], 0)
        for (model, weight) in zip(models, weights) {
            let stage = "training on the first 70% by time: \(model.title)"
            let head = try model.train(split.train) {
                progress((done + weight * $0) / total, stage)
            }
            done += weight
            guard progress(done / total, "predicting the rest: \(model.title)") else {
                throw .cancelled
            }
            measured.append(
                Model(
                    id: model.id, title: model.title, isServed: model.isServed,
                    hash: hash(head.factorBytes),
                    errors: LaterErrors(of: head, on: split, scale: scale, threads: threads)))
        }
        trainCount = split.train.count
        parts = split.later.map { name, later in
            Part(
                name: name, ratings: later.count,
                coldUserRatings: (0..<later.userCount).reduce(0) { sum, user in
                    split.train.byUser.range(ofRow: user).isEmpty
                        ? sum + later.byUser.range(ofRow: user).count : sum
                }, hash: SplitHash.of(later, hash))
        }
        self.models = measured
    }
}
