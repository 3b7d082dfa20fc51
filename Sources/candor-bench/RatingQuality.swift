// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// How well rating models predict a split.
enum RatingQuality {
    /// RMSE of stars that do not know when the rating was given.
    static func rmse(_ head: some LinearHead, _ split: SplitData, threads: Int) -> Double {
        RatingMetrics(
            of: head, train: split.train, test: split.test, scale: split.scale, threads: threads
        ).rmse
    }

    /// RMSE of stars that know when the rating was given.
    static func timedRMSE(_ head: BayesianHead, _ split: SplitData, threads: Int) -> Double {
        RatingMetrics(
            atTimes: head, train: split.train, test: split.test, scale: split.scale,
            threads: threads
        ).rmse
    }

    /// The part of the ratings to measure on that lie in their 80% intervals.
    static func coverage(_ head: BayesianHead, _ split: SplitData, threads: Int) -> Double {
        IntervalCoverage(of: head, train: split.train, test: split.test, threads: threads).share
    }
}
