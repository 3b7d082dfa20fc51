// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// The rating head in both qualities, as it is trained and asked here.
enum RatingModels {
    /// The 90% quantile of the standard normal distribution: the bounds of an 80% interval.
    private static let quantile = 1.281_551_565_544_600_5

    /// A trained head and how long that took.
    static func trained(
        _ split: SplitData, _ options: BayesianOptions, threads: Int
    ) throws -> (head: BayesianHead, seconds: Double) {
        let timed = try MonotonicClock.seconds {
            try BayesianTrainer.train(split.train, options: options, threads: threads)
        }
        return (timed.result, timed.seconds)
    }

    /// A head of the best quality that knows the items of `dataset`, trained on some of its ratings.
    static func trained(
        _ matrix: RatingMatrix, of dataset: Dataset, threads: Int
    ) throws -> BayesianHead {
        try BayesianTrainer.train(
            matrix, features: ItemFeatures(dataset.items), options: .best, threads: threads)
    }

    /// RMSE of stars that do not know when the rating was given.
    static func rmse(_ head: some LinearHead, _ split: SplitData, threads: Int) -> Double {
        RatingMetrics(
            of: head, train: split.train, test: split.test, scale: split.scale, threads: threads
        ).rmse
    }

    /// RMSE of stars that know when the rating was given.
    static func timedRMSE(_ head: BayesianHead, _ split: SplitData, threads: Int) -> Double {
        RatingMetrics(test: split.test, scale: split.scale, threads: threads) { user in
            let timeline = head.timeline(of: split.train.profile(of: user))
            let asked = split.test.profile(of: user)
            return { item in
                // Non-nil because only ratings of `test` are predicted.
                guard let place = asked.position(of: item) else { return .nan }
                return timeline.score(of: item, at: asked.timestamps[place])
            }
        }.rmse
    }

    /// The part of the ratings to measure on that lie in their 80% intervals.
    static func coverage(_ head: BayesianHead, _ split: SplitData) -> Double {
        var (count, covered) = (0, 0)
        for position in 0..<split.test.userCount {
            let asked = split.test.profile(of: UserIndex(position))
            guard !asked.isEmpty else { continue }
            let profile = split.train.profile(of: UserIndex(position))
            let foldIn = head.foldIn(profile)
            for entry in asked.items.indices {
                let item = ItemIndex(rawValue: asked.items[entry])
                let score = head.score(of: item, for: foldIn.vector)
                let half = quantile * head.deviation(of: item, profile: profile, with: foldIn)
                let interval = split.scale.clamp(score - half)...split.scale.clamp(score + half)
                count += 1
                if interval.contains(Double(asked.values[entry])) { covered += 1 }
            }
        }
        return Double(covered) / Double(count)
    }
}
