// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
import Glibc
public import Ratings

/// How many held-out ratings lie in intervals that promise to hold so and so many.
public struct CoverageCurve: Sendable, Equatable {
    /// What intervals promise, ascending.
    public static let levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

    /// The number of ratings measured.
    public let count: Int
    /// For each of `levels` how many ratings lie in the interval that promises it.
    public let inside: [Int]

    /// Measures score ± z deviations of all ratings in `test`, z of a normal distribution.
    ///
    /// A rating lies in the interval of level L exactly where erf(|error| / (√2 · deviation)) ≤ L.
    /// User vectors are folded in from `train`. The same at any `threads`.
    public init(
        of head: some UncertainHead, train: RatingMatrix, test: RatingMatrix, threads: Int
    ) {
        let rows = test.byUser
        let counted = Parallel.map(count: rows.rowCount, chunk: 16, threads: threads) {
            user -> [Int] in
            let entries = rows.range(ofRow: user)
            var inside = [Int](repeating: 0, count: Self.levels.count)
            guard !entries.isEmpty else { return inside }
            let profile = train.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            for entry in entries {
                let item = ItemIndex(rawValue: rows.columns[entry])
                let error = Double(rows.values[entry]) - head.score(of: item, for: foldIn.vector)
                let deviation = head.deviation(of: item, profile: profile, with: foldIn)
                let needed = erf(abs(error) / (2.0.squareRoot() * deviation))
                for (place, level) in Self.levels.enumerated() where needed <= level {
                    inside[place] += 1
                }
            }
            return inside
        }
        count = rows.count
        inside = counted.reduce(into: [Int](repeating: 0, count: Self.levels.count)) { sums, own in
            for place in sums.indices { sums[place] += own[place] }
        }
    }

    /// The part of all ratings in the interval of each level, 0…1; NaN without ratings.
    public var shares: [Double] { inside.map { Double($0) / Double(count) } }
}
