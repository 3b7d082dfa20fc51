// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Trains a generation's models again without part of every user's ratings and measures them on
/// that part.
struct HeldOutEvaluation {
    /// The part of the progress that training takes.
    private static let trainingShare = 0.9

    private let generation: Generation
    /// The ratings that the models may learn from.
    let train: RatingMatrix
    /// The ratings held out.
    let test: RatingMatrix
    private let threads: Int

    /// Heads and what was measured of them.
    struct Measured {
        let heads: HeadTrainer.Heads
        let measurements: HeldOutMeasurements
    }

    /// Holds out `floor(share · n)` ratings of every user.
    ///
    /// Which ones depends on the data alone: generations of the same data are measured on the same
    /// ratings, and whenever the data changes all are drawn anew, so that two audits do not tell
    /// about the few users who came or went between them. `matrix` stands for the generation's
    /// ratings where only a part of them is meant.
    init(_ generation: Generation, matrix: RatingMatrix? = nil, share: Double, threads: Int) {
        self.generation = generation
        self.threads = threads
        let parts = Split.perUser(
            matrix ?? generation.matrix, heldOut: share,
            seed: Self.seed(of: generation.manifest.dataHash))
        train = parts.kept
        test = parts.heldOut
    }

    /// Heads to be trained on `train` and measured on `test`, whatever they were drawn by.
    init(_ generation: Generation, train: RatingMatrix, test: RatingMatrix, threads: Int) {
        self.generation = generation
        self.train = train
        self.test = test
        self.threads = threads
    }

    /// The first 64 bits of a hash in hexadecimal digits.
    static func seed(of hash: String) -> UInt64 { UInt64(hash.prefix(16), radix: 16) ?? 0 }

    /// Both heads with the given options, or the generation's, trained on what is not held out.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    func heads(
        options: TrainingOptions? = nil, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> HeadTrainer.Heads {
        try HeadTrainer.train(
            train, items: generation.items, users: generation.users, scale: generation.scale,
            options: options ?? generation.manifest.training, threads: threads
        ) { fraction, stage in progress(fraction, "\(stage) on \(percentKept)% of ratings") }
    }

    /// Trains both heads and measures them on what is held out.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    func measure(
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Measured {
        let heads = try heads { progress(Self.trainingShare * $0, $1) }
        let measurements = try measure(heads) {
            progress(Self.trainingShare + (1 - Self.trainingShare) * $0, $1)
        }
        return Measured(heads: heads, measurements: measurements)
    }

    /// Measures heads that were trained on `train`.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    func measure(
        _ heads: HeadTrainer.Heads, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> HeldOutMeasurements {
        let stage = "measuring stars and lists"
        guard progress(0, stage) else { throw .cancelled }
        let measurements = HeldOutMeasurements(
            rating: heads.rating, ranking: heads.ranking, train: train, test: test,
            scale: generation.scale, threads: threads
        ) { progress($0, stage) }
        guard let measurements else { throw .cancelled }
        return measurements
    }

    private var percentKept: Int {
        Int((100 * Double(train.count) / Double(max(1, train.count + test.count))).rounded())
    }
}
