// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Some users taken out of the data, to come back as new ones, a few ratings at a time.
///
/// What a new user gives first are the earliest ratings (of equal times in item order); what is
/// predicted are the ones after the first `largest`, the same whatever was given. All matrices have
/// the users and items of the whole data.
public struct NewUserSplit: Sendable {
    /// The ratings of everyone else: what the item side is trained on.
    public let others: RatingMatrix
    /// The users taken out, ascending.
    public let users: [UserIndex]
    /// The ratings to predict.
    public let targets: RatingMatrix
    /// The earliest `largest` ratings of each user taken out, user by user, earliest first.
    private let first: RatingColumns
    private let largest: Int

    /// Takes out users at random.
    ///
    /// Only users with more than `largest` ratings are eligible.
    ///
    /// - Parameters:
    ///   - matrix: The whole data.
    ///   - part: The share of the eligible users to take out, 0…1.
    ///   - largest: The most ratings a new user will give, at least 0.
    ///   - targetsMax: The most ratings to predict of one user, at least 1.
    ///   - seed: What the choice of users is drawn from.
    public init(
        _ matrix: RatingMatrix, part: Double, largest: Int, targetsMax: Int = 20, seed: UInt64
    ) {
        precondition((0...1).contains(part) && largest >= 0 && targetsMax >= 1)
        let eligible = (0..<matrix.userCount).filter {
            matrix.byUser.range(ofRow: $0).count > largest
        }
        let order = CounterRandom(seed: seed, stream: Self.stream).permutation(
            count: eligible.count)
        let taken = order.prefix(Int(part * Double(eligible.count))).map { eligible[$0] }.sorted()
        var isTaken = [Bool](repeating: false, count: matrix.userCount)
        for user in taken { isTaken[user] = true }
        var (others, first, targets) = (RatingColumns(), RatingColumns(), RatingColumns())
        others.reserveCapacity(matrix.count)
        for user in 0..<matrix.userCount {
            let profile = matrix.profile(of: UserIndex(user))
            guard isTaken[user] else {
                for entry in profile.items.indices { others.append(profile, entry, of: user) }
                continue
            }
            let order = profile.timestamps.indices.sorted {
                (profile.timestamps[$0], $0) < (profile.timestamps[$1], $1)
            }
            for entry in order.prefix(largest) { first.append(profile, entry, of: user) }
            for entry in order.dropFirst(largest).prefix(targetsMax) {
                targets.append(profile, entry, of: user)
            }
        }
        func wrapped(_ columns: RatingColumns) -> RatingMatrix {
            RatingMatrix(columns, userCount: matrix.userCount, itemCount: matrix.itemCount)
        }
        self.others = wrapped(others)
        self.users = taken.map { UserIndex($0) }
        self.targets = wrapped(targets)
        self.first = first
        self.largest = largest
    }

    /// The first `count` ratings of each new user; traps beyond the largest count.
    public func given(_ count: Int) -> RatingMatrix {
        RatingMatrix(
            first.subset(positions(count)), userCount: others.userCount,
            itemCount: others.itemCount)
    }

    /// The ratings of everyone else and the first `count` of each new user: what a full retrain
    /// learns from.
    public func joined(_ count: Int) -> RatingMatrix {
        var all = RatingColumns()
        all.reserveCapacity(others.count + users.count * count)
        for user in 0..<others.userCount {
            let profile = others.profile(of: UserIndex(user))
            for entry in profile.items.indices { all.append(profile, entry, of: user) }
        }
        for position in positions(count) {
            all.append(
                user: UserIndex(rawValue: first.users[position]),
                item: ItemIndex(rawValue: first.items[position]), value: first.values[position],
                timestamp: first.timestamps[position])
        }
        return RatingMatrix(all, userCount: others.userCount, itemCount: others.itemCount)
    }

    private func positions(_ count: Int) -> [Int] {
        precondition((0...largest).contains(count), "no such number of ratings given")
        return users.indices.flatMap { $0 * largest..<$0 * largest + count }
    }

    /// Apart from those of `Split`, whose streams are 1 and 2.
    private static let stream: UInt64 = 3
}

extension RatingColumns {
    /// Adds one rating of a profile.
    fileprivate mutating func append(_ profile: Profile, _ entry: Int, of user: Int) {
        append(
            user: UserIndex(user), item: ItemIndex(rawValue: profile.items[entry]),
            value: profile.values[entry], timestamp: profile.timestamps[entry])
    }
}
