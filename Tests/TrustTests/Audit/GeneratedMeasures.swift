// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import Trust

/// Measurements made up user by user, with what the models would have been trained on.
///
/// Users have 5 to 24 held-out ratings and two to four times as many known ones, of 200 items with
/// genres and years. Errors are normal and, where a user is in group 1 of `side`, larger by `gap` in
/// their root mean square; lists find at random up to four of the held-out items.
enum GeneratedMeasures {
    static let itemCount = 200
    /// √E[(0.7 + 0.6 u)²] of a uniform u: what users' own deviations make of the common one.
    static let deviationFactor = 1.03.squareRoot()

    static let catalogue = Catalogue(
        (0..<itemCount).compactMap { item in
            ItemID("\(item)").map {
                Item(
                    id: $0, title: "\(item)",
                    genres: [
                        ["Drama"], ["Drama", "War"], ["Comedy"], [], ["War", "Comedy", "Noir"],
                    ][
                        item % 5], year: item % 9 == 0 ? nil : 1950 + item % 50)
            }
        })

    static func make(_ count: Int, gap: Double = 0, seed: UInt64) -> AuditSubject {
        let order = CounterRandom(seed: seed, stream: 1 << 40)
        let side = (0..<count).map { Int32(order.bits(UInt64($0)) & 1) }
        let band = (0..<count).map { Int32(order.integer(below: 4, UInt64(count + $0))) - 1 }
        var users: [HeldOutUser] = []
        var train = RatingColumns()
        for user in 0..<count {
            let random = CounterRandom(seed: seed, stream: UInt64(user))
            let size = 5 + random.integer(below: 20, 0)
            let items = CounterRandom(seed: ~seed, stream: UInt64(user))
                .permutation(count: itemCount)
            let held = items.prefix(size).sorted()
            let known = items.dropFirst(size).prefix(size * (2 + random.integer(below: 3, 1)))
            for item in known {
                train.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(1 + random.integer(below: 5, UInt64(100 + item))), timestamp: 0)
            }
            let common = 0.8 + (side[user] == 1 ? gap / deviationFactor : 0)
            let deviation = common * (0.7 + 0.6 * random.uniform(2))
            let found = held.shuffledPrefix(random.integer(below: 5, 3), random)
            let others = items.suffix(10 - found.count)
            let list = (found + others).shuffledPrefix(10, random)
            users.append(
                HeldOutUser(
                    user: UserIndex(user), profileSize: known.count, items: held.map(Int32.init),
                    ratings: held.map { Float(1 + random.integer(below: 5, UInt64(400 + $0))) },
                    errors: held.map { deviation * random.normal(UInt64(700 + $0)) },
                    list: list.map { ItemIndex($0) }, cutoff: 10, relevanceThreshold: 4))
        }
        return AuditSubject(
            HeldOutMeasurements(
                users: users, itemCount: itemCount, cutoff: 10, relevanceThreshold: 4),
            train: RatingMatrix(train, userCount: count, itemCount: itemCount),
            catalogue: catalogue,
            attributes: [
                AuditAttribute(
                    name: "side", groups: ["left", "right"], codes: side, kind: .attribute),
                AuditAttribute(
                    name: "band", groups: ["a", "b", "c"], codes: band, kind: .attribute),
            ], refusals: [], heads: [])
    }

    static func report(
        _ subject: AuditSubject, resamples: Int = 199, seed: UInt64 = 3,
        crossing pairs: [(Int, Int)] = []
    ) -> AuditReport? {
        AuditReport(
            subject, crossing: pairs, options: AuditOptions(resamples: resamples, seed: seed),
            threads: 2
        ) { _, _ in true }
    }
}

extension [Int] {
    /// `count` of the elements in an order that `random` draws.
    fileprivate func shuffledPrefix(_ count: Int, _ random: CounterRandom) -> [Int] {
        enumerated().sorted {
            random.bits(UInt64(900 + $0.offset)) < random.bits(UInt64(900 + $1.offset))
        }
        .prefix(count).map(\.element)
    }
}
