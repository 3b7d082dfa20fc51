// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes up data with known structure, rating by rating: taste groups, biases, demographics and
/// planted gaps.
///
/// The same options give the same data, bit for bit, on every machine. `SyntheticTruth` states the
/// model. Users rate a heavy-tailed number of items, drawn by a long-tailed popularity, and three
/// times as often from their own taste group. Titles are invented. Memory is needed for users and
/// items alone, so that data of any size can be written.
public struct SyntheticSource: Sendable {
    /// The data set's name.
    public static let name = "synthetic"
    /// The range of the ratings.
    public static let scale = RatingScale(minimum: 1, maximum: 5)

    /// The users, numbered from 1.
    public let users: UserTable
    /// The items, numbered from 1.
    public let items: Catalogue
    /// What the ratings are drawn from.
    public let truth: SyntheticTruth
    private let options: SyntheticOptions
    private let counts: [Int]
    private let draws: [WeightedDraw]

    /// Makes users and items, in O(users + items); traps where `options.problem` is not nil.
    public init(_ options: SyntheticOptions) {
        precondition(options.problem == nil, options.problem ?? "")
        let users = SyntheticUsers(options)
        let items = SyntheticItems(options)
        self.options = options
        self.users = users.table
        self.items = items.catalogue
        truth = SyntheticTruth(
            userGroups: users.groups, itemGroups: items.groups, userBiases: users.biases,
            itemBiases: items.biases, deviations: users.deviations, affinity: options.affinity,
            groupCount: options.groupCount)
        counts = Self.historyLengths(options)
        draws = items.draws(options)
    }

    /// The number of ratings.
    public var ratingCount: Int { counts.reduce(0, +) }

    /// Adds all ratings to `sink`, user after user, in O(ratings · log items).
    public func write(to sink: inout some RatingSink & ~Copyable) {
        var lastRater = [Int32](repeating: -1, count: options.itemCount)
        for user in 0..<options.userCount { write(user, &lastRater, to: &sink) }
    }

    private func write(
        _ user: Int, _ lastRater: inout [Int32], to sink: inout some RatingSink & ~Copyable
    ) {
        let random = CounterRandom(
            seed: options.seed, stream: SyntheticStream.ratings &+ UInt64(user))
        let draw = draws[Int(truth.userGroups[user])]
        let deviation = truth.deviations[user]
        var counter: UInt64 = 3
        // Sign-up some time in three years from 2001 on; ratings half a minute apart.
        var time = 978_307_200 + Int64(random.uniform(0) * 94_608_000)
        for _ in 0..<counts[user] {
            var item = draw.position(random.uniform(counter))
            var attempts = 1
            counter += 1
            while lastRater[item] == Int32(user) {
                // Popular items run out for heavy users: then take the next one not rated.
                item =
                    attempts < 50
                    ? draw.position(random.uniform(counter)) : (item + 1) % options.itemCount
                attempts += 1
                counter += 1
            }
            lastRater[item] = Int32(user)
            time += Int64(random.integer(below: 60, counter))
            let mean = truth.expectedRating(user: UserIndex(user), item: ItemIndex(item))
            let value = Self.rating(
                mean: mean, deviation: deviation, random.uniform(counter + 1),
                random.uniform(counter + 2))
            counter += 3
            sink.append(
                user: UserIndex(user), item: ItemIndex(item), value: value, timestamp: time)
        }
    }

    /// A rating of 1…5 with exactly this mean and standard deviation, from two uniform numbers.
    ///
    /// Needs mean in 1.5…4.5 and deviation in 0.5…1.3: rounding has at most variance 0.25, whims
    /// have at least 1.75.
    static func rating(
        mean: Double, deviation: Double, _ whim: Double, _ choice: Double
    ) -> Float {
        let lower = mean.rounded(.down)
        let fraction = mean - lower
        let roundingVariance = fraction * (1 - fraction)
        let whimVariance = (mean - 1) * (5 - mean)
        let whimShare =
            (deviation * deviation - roundingVariance) / (whimVariance - roundingVariance)
        if whim < whimShare { return choice < (mean - 1) / 4 ? 5 : 1 }
        return Float(choice < fraction ? lower + 1 : lower)
    }

    /// The number of ratings of each user: heavy-tailed about the mean, at most half of the items.
    ///
    /// A base of a tenth of the mean and the rest by 1/√u − 1, which has mean 1 (a Pareto
    /// distribution with exponent 2, as real histories nearly have).
    private static func historyLengths(_ options: SyntheticOptions) -> [Int] {
        let random = CounterRandom(seed: options.seed, stream: SyntheticStream.histories)
        let mean = Double(options.ratingCount) / Double(options.userCount)
        let limit = max(1, options.itemCount / 2)
        let wishes = (0..<options.userCount).map { user in
            // At least 0.0001, so that no length is infinite.
            0.1 + 0.9 * (1 / max(random.uniform(UInt64(user)), 0.0001).squareRoot() - 1)
        }
        func lengths(_ factor: Double) -> [Int] {
            wishes.map { min(limit, max(1, Int($0 * factor + 0.5))) }
        }
        // The limits above and below shift the sum; a few corrections bring it near the wish.
        var factor = mean
        for _ in 0..<8 {
            let sum = lengths(factor).reduce(0, +)
            factor *= Double(options.ratingCount) / Double(sum)
        }
        return lengths(factor)
    }
}
