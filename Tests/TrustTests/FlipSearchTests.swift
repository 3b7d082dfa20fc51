// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors
@testable import Trust

/// Flips against trying every set of ratings there is.
@Suite("Flips")
struct FlipSearchTests {
    private static let scale = RatingScale(minimum: 1, maximum: 5)
    private static let matrix: RatingMatrix = {
        let random = CounterRandom(seed: 5)
        var columns = RatingColumns()
        for pair in 0..<1600 where random.uniform(UInt64(pair)) < 0.3 {
            let isAlike = (pair / 40) % 2 == (pair % 40) % 2
            let noise = random.integer(below: 3, UInt64(pair) + 9000)
            columns.append(
                user: UserIndex(pair / 40), item: ItemIndex(pair % 40),
                value: Float(isAlike ? 5 - noise : 1 + noise), timestamp: 0)
        }
        return RatingMatrix(columns, userCount: 40, itemCount: 40)
    }()

    private static let heads = Result<[any LinearHead], any Error> {
        let bayesian = try BayesianTrainer.train(
            matrix, options: .init(factors: 7, sweeps: 10, burnIn: 4, samples: 3), threads: 2)
        // Of each item two, strong enough to decide who leads.
        let neighbours = ItemNeighbours((0..<40).map(Self.neighbours))
        return [
            try RankingTrainer.train(
                matrix, scale: scale, options: .init(factors: 8, sweeps: 4), threads: 2),
            bayesian, bayesian.given(neighbours),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .zero, factors: 6), threads: 2),
        ]
    }

    private static func neighbours(of item: Int) -> [ItemNeighbours.Neighbour] {
        let others = [(item * 7 + 3) % 40, (item * 3 + 11) % 40].filter { $0 != item }
        return others.sorted().map { other in
            ItemNeighbours.Neighbour(item: Int32(other), weight: other % 3 == 0 ? -0.4 : 0.7)
        }
    }

    /// The list of the head of the ratings at `kept`, by sorting all scores.
    private func list(
        _ head: some LinearHead, _ profile: Profile, without removed: [Int], count: Int
    ) -> [ItemIndex] {
        let kept = profile.items.indices.filter { !removed.contains($0) }
        let rest = Profile(
            items: kept.map { profile.items[$0] }, values: kept.map { profile.values[$0] },
            timestamps: kept.map { profile.timestamps[$0] })
        let vector = head.foldIn(rest).vector
        let candidates = (0..<head.itemCount).map { ItemIndex($0) }
            .filter { profile.position(of: $0) == nil }
        let scores = candidates.map { head.score(of: $0, for: vector) }
        return candidates.indices.sorted {
            scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
        }.prefix(count).map { candidates[$0] }
    }

    /// The fewest ratings that do it, up to two, by trying all.
    private func fewest(
        _ head: some LinearHead, _ profile: Profile, _ target: ItemIndex, count: Int
    ) -> Int? {
        let isSingle = (0..<profile.count).contains { a in
            !list(head, profile, without: [a], count: count).contains(target)
        }
        if isSingle { return 1 }
        for a in 0..<profile.count {
            for b in a + 1..<profile.count where profile.count > 2 {
                if !list(head, profile, without: [a, b], count: count).contains(target) {
                    return 2
                }
            }
        }
        return nil
    }

    private func check(_ head: some LinearHead, user: Int, place: Int, count: Int) -> Int? {
        let profile = Self.matrix.profile(of: UserIndex(user))
        let foldIn = head.foldIn(profile)
        let target = list(head, profile, without: [], count: count)[place]
        let search = FlipSearch(
            of: target, from: count, by: head, profile: profile, foldIn: foldIn)
        let outcome = search.run()
        #expect(search.run() == outcome)
        let fewest = fewest(head, profile, target, count: count)
        guard case .found(let flip) = outcome else {
            #expect(fewest == nil && outcome == .none(certified: 2))
            return nil
        }
        #expect(flip.removed == flip.removed.sorted())
        let after = list(head, profile, without: flip.removed, count: count)
        #expect(!after.contains(target))
        #expect(flip.list.map(\.item) == after)
        if let fewest {
            #expect(flip.removed.count == fewest && flip.minimality == .certified)
        } else {
            #expect(flip.removed.count > 2)
            #expect((flip.minimality == .certified) == (flip.removed.count == 3))
            for position in flip.removed {
                let fewer = flip.removed.filter { $0 != position }
                let list = list(head, profile, without: fewer, count: count)
                #expect(list.contains(target), "a rating can be put back")
            }
        }
        return flip.removed.count
    }

    @Test("the smallest sets are found, smaller ones do not exist, and none can be pruned")
    func first() throws {
        var sizes: [Int: Int] = [:]
        for head in try Self.heads.get() {
            for user in 0..<40 {
                sizes[check(head, user: user, place: 0, count: 1) ?? 0, default: 0] += 1
            }
        }
        // Each kind of search was needed.
        #expect(sizes[1] ?? 0 > 5 && sizes[2] ?? 0 > 5)
        #expect(sizes.keys.contains { $0 > 2 })
    }

    @Test("an item is driven out of a longer list", arguments: [(0, 3), (2, 3), (4, 5)])
    func longer(place: Int, count: Int) throws {
        for head in try Self.heads.get() {
            for user in stride(from: 0, to: 40, by: 4) {
                _ = check(head, user: user, place: place, count: count)
            }
        }
    }

    @Test("nothing flips where scores do not depend on ratings, and one rating always stays")
    func none() throws {
        let popular = try PopularityHead.train(Self.matrix)
        let profile = Self.matrix.profile(of: UserIndex(1))
        let target = list(popular, profile, without: [], count: 1)[0]
        let outcome = FlipSearch(
            of: target, from: 1, by: popular, profile: profile, foldIn: popular.foldIn(profile)
        ).run()
        #expect(outcome == .none(certified: 2))
        let head = try Self.heads.get()[0]
        let single = profile.without(Array(1..<profile.count))
        let isRefused = isRefused(head, single)
        #expect(isRefused)
    }

    private func isRefused(_ head: some LinearHead, _ profile: Profile) -> Bool {
        let target = list(head, profile, without: [], count: 1)[0]
        return FlipSearch(
            of: target, from: 1, by: head, profile: profile, foldIn: head.foldIn(profile)
        ).run() == .none(certified: 0)
    }

    @Test("a search that nobody waits for ends")
    func cancelled() throws {
        func outcome(_ head: some LinearHead) -> Bool {
            let profile = Self.matrix.profile(of: UserIndex(1))
            let target = list(head, profile, without: [], count: 1)[0]
            return FlipSearch(
                of: target, from: 1, by: head, profile: profile, foldIn: head.foldIn(profile),
                shouldGoOn: { false }
            ).run() == .cancelled
        }
        for head in try Self.heads.get() {
            let isCancelled = outcome(head)
            #expect(isCancelled)
        }
    }
}
