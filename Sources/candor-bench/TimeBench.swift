// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// Measures what a split at random does not, with damped biases beside the rating head.
///
/// The future is predicted from the past, and new users are learned from their first ratings.
struct TimeBench {
    private static let peer = "damped biases"
    /// How many ratings new users give.
    private static let counts = [0, 1, 3, 5, 10]

    let dataset: Dataset
    let threads: Int

    /// Measures the first 70% against the rest, and new users against a full retrain.
    func run(report: Report) throws {
        let parts = Split.chronological(dataset.ratings).map {
            RatingMatrix($0, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
        let head = try train(parts[0])
        let biases = try BiasHead.train(parts[0])
        for (name, test, limit) in [("validation", parts[1], 0.96), ("test", parts[2], 0.93)] {
            let ours = errors(of: head, parts[0], test)
            let beside = errors(of: biases, parts[0], test)
            add("chronological \(name): RMSE", ours.all, beside.all, .atMost(limit), report)
            let timed = WarmColdErrors(
                atTimes: head, train: parts[0], test: test, scale: dataset.scale,
                threads: threads)
            add(
                "chronological \(name): RMSE, time given", timed.all, beside.all, .atMost(limit),
                report)
            for (group, sums) in Self.groups {
                add(
                    "chronological \(name), \(group): RMSE", sums(ours), sums(beside),
                    .timesPeer(1), report)
            }
        }
        let blank = BlankUser(of: head, train: parts[0], scale: dataset.scale)
        report.add(
            Comparison(
                "mean prediction for a user without ratings", .stars, blank.meanPrediction,
                beside: .init("population mean", blank.populationMean)))
        prequential(head, biases, parts, report)
        try newUsers(report)
    }

    private static var groups: [(String, (WarmColdErrors) -> PredictionErrors)] {
        [
            ("users known", \.warmUsers), ("users unknown", \.coldUsers),
            ("items known", \.warmItems), ("items unknown", \.coldItems),
        ]
    }

    private func prequential(
        _ head: BayesianHead, _ biases: BiasHead, _ parts: [RatingMatrix], _ report: Report
    ) {
        for (name, later) in [("validation", parts[1]), ("test", parts[2])] {
            func errors(_ head: some LinearHead) -> PredictionErrors {
                PrequentialErrors(
                    of: head, history: parts[0], later: later, scale: dataset.scale,
                    threads: threads
                ).learned.reduce(PredictionErrors(), +)
            }
            add("prequential \(name): RMSE", errors(head), errors(biases), nil, report)
        }
    }

    private func newUsers(_ report: Report) throws {
        let split = NewUserSplit(
            dataset.matrix(), part: 0.1, largest: Self.counts.max() ?? 0, seed: 1)
        guard !split.users.isEmpty else {
            report.note("new users skipped: no user has enough ratings")
            return
        }
        let head = try train(split.others)
        for count in Self.counts {
            let given = split.given(count)
            let retrained = try train(split.joined(count))
            let folded = errors(of: head, given, split.targets).all
            let full = errors(of: retrained, given, split.targets).all
            report.add(
                Comparison(
                    "new users folded in with \(count) ratings: RMSE", .stars, folded.rmse,
                    beside: .init("full retrain", full.rmse)))
        }
    }

    private func train(_ matrix: RatingMatrix) throws -> BayesianHead {
        try BayesianTrainer.train(
            matrix, features: ItemFeatures(dataset.items), threads: threads)
    }

    private func errors(
        of head: some LinearHead, _ train: RatingMatrix, _ test: RatingMatrix
    ) -> WarmColdErrors {
        WarmColdErrors(
            of: head, train: train, test: test, scale: dataset.scale, threads: threads)
    }

    private func add(
        _ name: String, _ ours: PredictionErrors, _ beside: PredictionErrors, _ target: Target?,
        _ report: Report
    ) {
        guard ours.count > 0 else { return }
        report.add(
            Comparison(
                name, .stars, ours.rmse, beside: .init(Self.peer, beside.rmse), target: target))
    }
}
