// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

/// What keeps items out of lists, against trying every change there is.
@Suite("Why not")
struct WhyNotSearchTests {
    private static let scale = RatingScale(minimum: 1, maximum: 5)
    private static let matrix: RatingMatrix = {
        let random = CounterRandom(seed: 8)
        var columns = RatingColumns()
        for pair in 0..<900 where random.uniform(UInt64(pair)) < 0.3 {
            columns.append(
                user: UserIndex(pair / 30), item: ItemIndex(pair % 30),
                value: Float(1 + random.integer(below: 5, UInt64(pair) + 5000)), timestamp: 0)
        }
        return RatingMatrix(columns, userCount: 30, itemCount: 30)
    }()

    private static let heads = Result<[any LinearHead], any Error> {
        [
            try RankingTrainer.train(
                matrix, scale: scale, options: .init(factors: 8, sweeps: 4), threads: 2),
            try BayesianTrainer.train(
                matrix, options: .init(factors: 7, sweeps: 10, burnIn: 4, samples: 3), threads: 2),
        ]
    }

    private func ranked(
        _ head: some LinearHead, _ profile: Profile, known: Profile
    ) -> [ScoredItem] {
        let vector = head.foldIn(profile).vector
        return (0..<head.itemCount).map { ItemIndex($0) }
            .filter { known.position(of: $0) == nil }
            .map { ScoredItem(item: $0, score: head.score(of: $0, for: vector)) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.item < $1.item }
    }

    private func check(_ head: some LinearHead, user: Int, item: ItemIndex) throws -> WhyNot {
        let profile = Self.matrix.profile(of: UserIndex(user))
        let answer = try #require(
            WhyNotSearch(
                of: item, outOf: 3, by: head, profile: profile, foldIn: head.foldIn(profile)
            ).run(values: [1, 2, 3, 4, 5], top: 1000))
        let all = ranked(head, profile, known: profile)
        let score = head.score(of: item, for: head.foldIn(profile).vector)
        #expect(answer.score == score)
        #expect(answer.last == all[2])
        guard profile.position(of: item) == nil else { return answer }
        let place = try #require(all.firstIndex { $0.item == item })
        #expect(answer.rank == place + 1 && answer.isListed == (place < 3) && !answer.isRated)
        for position in 0..<profile.count {
            let without = profile.without([position])
            let effect = head.score(of: item, for: head.foldIn(without).vector) - score
            let pull = answer.pulls.first { $0.position == position }
            #expect((pull != nil) == (effect > 0))
            if let pull { #expect(abs(pull.effect - effect) < 1e-9) }
            guard !answer.isListed else { continue }
            for value: Float? in [1, 2, 3, 4, 5, nil] where value != profile.values[position] {
                let changed =
                    value.map { profile.rating(position, as: $0) } ?? without
                let place = ranked(head, changed, known: profile).firstIndex { $0.item == item }
                let lift = answer.lifts.first { $0.position == position && $0.value == value }
                #expect((lift != nil) == (place ?? 99 < 3))
                if let lift { #expect(lift.rank == (place ?? 99) + 1) }
            }
        }
        return answer
    }

    @Test("pulls and lifts are exactly those that trying all changes finds")
    func everything() throws {
        var (lifted, unliftable) = (0, 0)
        for head in try Self.heads.get() {
            for user in stride(from: 0, to: 30, by: 3) {
                for item in stride(from: 0, to: 30, by: 4) {
                    let answer = try check(head, user: user, item: ItemIndex(item))
                    if answer.isListed || answer.isRated { continue }
                    if answer.lifts.isEmpty { unliftable += 1 } else { lifted += 1 }
                    let effects = answer.pulls.map(\.effect)
                    #expect(effects == effects.sorted(by: >))
                    #expect(answer.lifts.map(\.rank) == answer.lifts.map(\.rank).sorted())
                }
            }
        }
        #expect(lifted > 5 && unliftable > 5)
    }

    @Test("a rated item is out for that reason, and only losing its rating can bring it back")
    func rated() throws {
        for head in try Self.heads.get() {
            for user in 0..<30 {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let item = ItemIndex(rawValue: profile.items[1])
                let answer = try check(head, user: user, item: item)
                #expect(answer.isRated && !answer.isListed)
                let without = profile.without([1])
                let place = ranked(head, without, known: without).firstIndex { $0.item == item }
                #expect(answer.lifts.isEmpty == (place ?? 99 >= 3))
                #expect(answer.lifts.allSatisfy { $0.position == 1 && $0.value == nil })
            }
        }
    }
}
