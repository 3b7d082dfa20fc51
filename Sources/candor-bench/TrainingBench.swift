// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Ratings

/// Measures training with the options that a daemon uses unless told otherwise.
struct TrainingBench {
    let data: GenerationData

    /// Trains both heads on one thread and on two, and then the generation to serve.
    func run(report: Report) throws -> Generation {
        let options = TrainingOptions()
        for threads in [1, 2] {
            let unit = threads == 1 ? "thread" : "threads"
            let rating = try MonotonicClock.seconds {
                try BayesianTrainer.train(
                    data.matrix, features: ItemFeatures(data.items), options: options.bayesian,
                    threads: threads)
            }
            report.add(
                Measurement("train rating head, \(threads) \(unit)", seconds: rating.seconds))
            let ranking = try MonotonicClock.seconds {
                try RankingTrainer.train(
                    data.matrix, scale: data.scale, options: options.implicit, threads: threads)
            }
            report.add(
                Measurement("train ranking head, \(threads) \(unit)", seconds: ranking.seconds))
        }
        return try GenerationTrainer.train(
            data, number: 1, journalSequence: 0, options: options, threads: 2
        ) { _, _ in true }
    }
}
