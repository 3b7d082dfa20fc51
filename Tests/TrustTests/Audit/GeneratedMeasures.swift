// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import Trust

/// Measurements made up user by user, with a gap in errors and none in lists.
enum GeneratedMeasures {
    static let itemCount = 200

    /// `count` users with 5 to 24 held-out ratings each; errors are normal, and larger by `gap` in
    /// standard deviation where `isWorse`.
    static func make(
        _ count: Int, gap: Double = 0, seed: UInt64, isWorse: (Int) -> Bool = { $0 % 2 == 1 }
    ) -> HeldOutMeasurements {
        let users = (0..<count).map { user in
            let random = CounterRandom(seed: seed, stream: UInt64(user))
            let size = 5 + random.integer(below: 20, 0)
            let order = CounterRandom(seed: seed &+ 1, stream: UInt64(user))
                .permutation(count: itemCount)
            let deviation = (0.8 + (isWorse(user) ? gap : 0)) * (0.7 + 0.6 * random.uniform(1))
            let items = order.prefix(size).sorted()
            return HeldOutUser(
                user: UserIndex(user), profileSize: 4 * size, items: items.map(Int32.init),
                ratings: items.map { _ in 4 },
                errors: items.indices.map { deviation * random.normal(UInt64(10 + $0)) },
                list: order.suffix(from: size - 2).prefix(10).map { ItemIndex($0) }, cutoff: 10,
                relevanceThreshold: user % 7 == 0 ? 5 : 4)
        }
        return HeldOutMeasurements(
            users: users, itemCount: itemCount, cutoff: 10, relevanceThreshold: 4)
    }
}
