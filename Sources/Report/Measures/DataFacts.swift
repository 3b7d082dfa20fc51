// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// What can be said of ratings without any model: how many, how they spread, and when they came.
public struct DataFacts: Sendable {
    /// How often one rating was given.
    public struct ValueCount: Sendable, Equatable {
        /// The rating.
        public let value: Float
        /// How many ratings are this.
        public let count: Int
    }

    /// Users whose numbers of ratings lie in a range.
    public struct ActivityBin: Sendable, Equatable {
        /// The range, both ends included.
        public let range: ClosedRange<Int>
        /// How many users.
        public let users: Int
    }

    /// The number of users, those without ratings included.
    public let userCount: Int
    /// The number of items, those without ratings included.
    public let itemCount: Int
    /// The number of ratings.
    public let ratingCount: Int
    /// Users with a rating.
    public let ratedUserCount: Int
    /// Items with a rating.
    public let ratedItemCount: Int
    /// Items with under five ratings, those with none included.
    public let rareItemCount: Int
    /// The mean rating; NaN without ratings.
    public let mean: Double
    /// The standard deviation of ratings, the spread that a constant prediction leaves.
    public let deviation: Double
    /// How often each rating was given, ascending.
    public let values: [ValueCount]
    /// Ratings a user, of users with a rating.
    public let perUser: CountSummary
    /// Ratings an item, of all items.
    public let perItem: CountSummary
    /// Users by their number of ratings, in ranges that double: 1, 2–3, 4–7 and so on; ranges before the
    /// first user are left out.
    public let activity: [ActivityBin]
    /// The part of all ratings that the most rated hundredths of the items hold: at 0, 1, … 100.
    public let concentration: [Double]

    /// Counts the ratings of `matrix`, in O(ratings + users · log users + items · log items).
    public init(_ matrix: RatingMatrix) {
        let users = matrix.byUser.counts
        let items = matrix.byItem.counts
        userCount = users.count
        itemCount = items.count
        ratingCount = matrix.count
        ratedUserCount = users.count { $0 > 0 }
        ratedItemCount = items.count { $0 > 0 }
        rareItemCount = items.count { $0 < 5 }
        perUser = CountSummary(users.filter { $0 > 0 })
        perItem = CountSummary(items)
        values = Self.values(matrix)
        let count = Double(matrix.count)
        let mean = values.reduce(0.0) { $0 + Double($1.value) * Double($1.count) } / count
        self.mean = mean
        let squares = values.reduce(0.0) {
            $0 + (Double($1.value) - mean) * (Double($1.value) - mean) * Double($1.count)
        }
        deviation = (squares / count).squareRoot()
        activity = Self.activity(users)
        concentration = Self.concentration(items)
    }

    /// The part of all pairs of a user and an item that has a rating, 0…1.
    public var density: Double { Double(ratingCount) / Double(userCount) / Double(itemCount) }

    /// The part of all ratings that the most rated part of the items holds, in hundredths.
    public func share(ofMostRated hundredths: Int) -> Double { concentration[hundredths] }

    private static func values(_ matrix: RatingMatrix) -> [ValueCount] {
        var counts: [Float: Int] = [:]
        for value in matrix.byUser.values { counts[value, default: 0] += 1 }
        return counts.map { ValueCount(value: $0.key, count: $0.value) }
            .sorted { $0.value < $1.value }
    }

    private static func activity(_ users: [Int]) -> [ActivityBin] {
        let largest = users.max() ?? 0
        var bins: [ActivityBin] = []
        var low = 1
        while low <= largest {
            let range = low...(2 * low - 1)
            let count = users.count { range.contains($0) }
            if count > 0 || !bins.isEmpty { bins.append(ActivityBin(range: range, users: count)) }
            low *= 2
        }
        return bins
    }

    /// Between items the curve is straight, as a Lorenz curve's.
    private static func concentration(_ items: [Int]) -> [Double] {
        var sums = [0]
        for count in items.sorted(by: >) { sums.append((sums.last ?? 0) + count) }
        let total = Double(max(1, sums.last ?? 0))
        return (0...100).map { hundredth in
            let place = Double(hundredth) / 100 * Double(items.count)
            let below = Int(place)
            let above = min(below + 1, items.count)
            let sum =
                Double(sums[below]) + (place - Double(below)) * Double(sums[above] - sums[below])
            return sum / total
        }
    }
}
