// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Trust

/// Held-out ratings that two generations can both be measured on.
///
/// Of every user of both, a random fifth of what both generations know alike (the same user, item
/// and rating) is held out from both. Users of one generation alone keep all their ratings and are
/// not measured: nothing that is measured tells about those who came or went.
struct CommonHeldOut {
    /// What one generation may learn from, and what it is measured on.
    struct Part {
        let train: RatingMatrix
        let test: RatingMatrix
    }

    /// The older generation's part.
    let first: Part
    /// The newer generation's part.
    let second: Part
    /// For each measured user the position in the first and in the second generation, ascending by
    /// the second.
    let users: [(first: UserIndex, second: UserIndex)]

    /// Draws what is held out, which depends on nothing but the data of both.
    init(_ first: Generation, _ second: Generation, share: Double) {
        let seed =
            HeldOutEvaluation.seed(of: first.manifest.dataHash) &* 31
            &+ HeldOutEvaluation.seed(of: second.manifest.dataHash)
        let firstItems = second.items.items.map { first.items.index(of: $0.id) }
        var rows = (first: Rows(first), second: Rows(second))
        var users: [(first: UserIndex, second: UserIndex)] = []
        for position in 0..<second.users.count {
            let user = UserIndex(position)
            guard let other = first.users.index(of: second.users.ids[position]) else { continue }
            let (own, others) = (second.matrix.profile(of: user), first.matrix.profile(of: other))
            let common = own.items.indices.compactMap { place -> (first: Int, second: Int)? in
                guard let item = firstItems[Int(own.items[place])],
                    let old = others.position(of: item), others.values[old] == own.values[place]
                else { return nil }
                return (old, place)
            }
            let count = Int(share * Double(common.count))
            guard count > 0 else { continue }
            let held = CounterRandom(seed: seed, stream: UInt64(position))
                .permutation(count: common.count).prefix(count).map { common[$0] }
            rows.first.hold(Set(held.map(\.first)), of: other, others)
            rows.second.hold(Set(held.map(\.second)), of: user, own)
            users.append((other, user))
        }
        self.first = rows.first.parted()
        self.second = rows.second.parted()
        self.users = users
    }

    /// A generation's ratings with some users' rows parted.
    private struct Rows {
        private let matrix: RatingMatrix
        private var kept: [UserIndex: Profile] = [:]
        private var held: [UserIndex: Profile] = [:]

        init(_ generation: Generation) { matrix = generation.matrix }

        mutating func hold(_ places: Set<Int>, of user: UserIndex, _ profile: Profile) {
            kept[user] = Self.part(profile) { !places.contains($0) }
            held[user] = Self.part(profile) { places.contains($0) }
        }

        func parted() -> Part {
            var test = held
            for user in 0..<matrix.userCount where held[UserIndex(user)] == nil {
                test[UserIndex(user)] = .empty
            }
            return Part(
                train: matrix.replacing(kept, userCount: matrix.userCount),
                test: matrix.replacing(test, userCount: matrix.userCount))
        }

        private static func part(_ profile: Profile, where isIn: (Int) -> Bool) -> Profile {
            let places = profile.items.indices.filter(isIn)
            return Profile(
                items: places.map { profile.items[$0] },
                values: places.map { profile.values[$0] },
                timestamps: places.map { profile.timestamps[$0] }, user: profile.user)
        }
    }
}
