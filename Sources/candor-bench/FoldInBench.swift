// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Ratings

/// Measures how long heads take to solve a user.
struct FoldInBench {
    private static let userCount = 64
    private static let rounds = 10
    /// The number of ratings that figures are given for: the mean of MovieLens 1M.
    private static let ratingCount = 165

    /// The users whose number of ratings is closest to 165, of equals the first.
    static func users(_ matrix: RatingMatrix) -> [Profile] {
        let counts = matrix.byUser.counts
        return counts.indices.sorted {
            (abs(counts[$0] - ratingCount), $0) < (abs(counts[$1] - ratingCount), $1)
        }.prefix(userCount).map { matrix.profile(of: UserIndex($0)) }
    }

    /// Solves the users over and over by one head.
    func run(_ name: String, _ head: some LinearHead, _ users: [Profile], report: Report) {
        var histogram = LatencyHistogram()
        for _ in 0..<Self.rounds {
            for user in users {
                let (_, seconds) = MonotonicClock.seconds { head.foldIn(user) }
                histogram.record(nanoseconds: UInt64(seconds * 1e9))
            }
        }
        let counts = users.map { Double($0.count) }
        let ratings = Int(Summary.median(of: counts) ?? 0)
        report.add(
            Comparison(
                "fold in \(ratings) ratings, \(name), p50", .microseconds,
                histogram.quantileMicroseconds(0.5), target: .atMost(60)))
    }
}
