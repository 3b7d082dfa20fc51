// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// Makes generations from data.
public enum GenerationTrainer {
    /// Trains a generation.
    ///
    /// The same data, options and seed give the same factors bit for bit at any `threads`.
    ///
    /// - Parameters:
    ///   - data: All users, items and ratings.
    ///   - number: The generation's number.
    ///   - journalSequence: The last journal entry that `data` already holds.
    ///   - options: The models and their options, those at their defaults to follow the data's size.
    ///   - threads: Threads to train on.
    ///   - progress: Gets 0…1 and a stage; returns false to cancel.
    /// - Returns: The generation, not yet saved.
    /// - Throws: When the data cannot be learned from or `progress` cancels.
    public static func train(
        _ data: GenerationData, number: Int, journalSequence: Int64, options: TrainingOptions,
        threads: Int, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Generation {
        let start = ContinuousClock.now
        let options = options.adapted(to: data.matrix.count)
        let heads = try HeadTrainer.train(
            data.matrix, items: data.items, users: data.users, scale: data.scale, options: options,
            threads: threads, progress: progress)
        let elapsed = (ContinuousClock.now - start).components
        return Generation(
            number: number, data: data, ratingHead: heads.rating, rankingHead: heads.ranking,
            training: options, journalSequence: journalSequence,
            trainingSeconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
    }
}
