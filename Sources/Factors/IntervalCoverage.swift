// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// How many held-out ratings lie in the intervals predicted for them.
public struct IntervalCoverage: Sendable, Equatable {
    /// A normal number is within so many deviations of its mean with probability 80%.
    public static let eightyPercent = 1.281_551_565_545

    /// The number of ratings measured.
    public let count: Int
    /// How many of them lie in their interval.
    public let insideCount: Int

    /// Measures score ± 1.28 deviations of all ratings in `test`.
    ///
    /// User vectors are folded in from `train`. The count does not depend on the number of threads.
    public init(
        of head: BayesianHead, train: RatingMatrix, test: RatingMatrix, threads: Int = 1
    ) {
        let rows = test.byUser
        let inside = Parallel.map(count: rows.rowCount, chunk: 16, threads: threads) { user in
            let entries = rows.range(ofRow: user)
            guard !entries.isEmpty else { return 0 }
            let profile = train.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            return entries.count { entry in
                let item = ItemIndex(rawValue: rows.columns[entry])
                let error = Double(rows.values[entry]) - head.score(of: item, for: foldIn.vector)
                let deviation = head.deviation(of: item, profile: profile, with: foldIn)
                return abs(error) <= Self.eightyPercent * deviation
            }
        }
        count = rows.count
        insideCount = inside.reduce(0, +)
    }

    /// The part that lies inside, 0…1; NaN without ratings.
    public var share: Double { Double(insideCount) / Double(count) }
}
