// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// What a tuning found.
struct TuningResult {
    /// One finalist's scores over all seeds.
    struct Finalist {
        let trial: Int
        let settings: TrainingSettings
        /// One for each seed, in their order.
        let scores: [Double]
        /// The mean time of one training and its measuring.
        let seconds: Double

        /// The mean score.
        var mean: Double { scores.reduce(0, +) / Double(scores.count) }
    }

    let space: SearchSpace
    /// Every measurement in order.
    let steps: [TuningStep]
    /// The finalists, best mean first; ties by trial.
    let finalists: [Finalist]

    init(space: SearchSpace, seed: Int, steps: [TuningStep], finalists trials: [Int]) {
        self.space = space
        self.steps = steps
        let finalists = trials.map { trial in
            let own = steps.filter { $0.trial == trial && $0.isFull }
            return Finalist(
                trial: trial, settings: space.settings(trial: trial, seed: UInt64(seed)),
                scores: own.map(\.measurement.score),
                seconds: own.reduce(0) { $0 + $1.measurement.seconds } / Double(own.count))
        }
        self.finalists = finalists.sorted { left, right in
            left.mean == right.mean || (left.mean.isNaN && right.mean.isNaN)
                ? left.trial < right.trial
                : Self.isBetter(left.mean, than: right.mean, for: space.model)
        }
    }

    /// The finalist with the best mean.
    var best: Finalist? { finalists.first }
    /// The settings that tuning began with.
    var defaults: Finalist? { finalists.first { $0.trial == 0 } }
    /// Of the finalists within 0.1% of the best mean, the one that takes least time.
    var cheapest: Finalist? {
        guard let best else { return nil }
        let near = finalists.filter { abs($0.mean - best.mean) <= 0.001 * abs(best.mean) }
        return near.min { $0.seconds < $1.seconds }
    }

    /// The mean of (defaults − best) / best over seeds in percent, above 0 where the defaults are
    /// worse, and its standard error (NaN with one seed).
    var lossOfDefaults: (percent: Double, error: Double)? {
        guard let best, let defaults else { return nil }
        let sign = Self.isBetter(1, than: 2, for: space.model) ? 100.0 : -100.0
        let losses = zip(defaults.scores, best.scores).map { sign * ($0 - $1) / $1 }
        let count = Double(losses.count)
        let mean = losses.reduce(0, +) / count
        let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / (count - 1) / count).squareRoot())
    }

    /// What is tuned for.
    static func metric(_ model: ModelName) -> String {
        switch model {
        case .rating: "rmse"
        case .ranking: "ndcg@10"
        }
    }

    /// Whether score `a` is better than `b`; what could not be measured is worst.
    static func isBetter(_ a: Double, than b: Double, for model: ModelName) -> Bool {
        guard !a.isNaN else { return false }
        guard !b.isNaN else { return true }
        return switch model {
        case .rating: a < b
        case .ranking: a > b
        }
    }
}
