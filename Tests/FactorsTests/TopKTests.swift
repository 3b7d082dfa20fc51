// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("TopK")
struct TopKTests {
    /// All items ranked by a full sort of the served scores.
    private func sorted(
        _ head: some LinearHead, _ vector: UserVector, excluding profile: Profile
    ) -> [ScoredItem] {
        (0..<head.itemCount).map { ItemIndex($0) }
            .filter { profile.position(of: $0) == nil }
            .map { ScoredItem(item: $0, score: head.score(of: $0, for: vector)) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.item < $1.item }
    }

    private func head(
        _ rows: [[Float]], biases: [Float]? = nil, mean: Double = 3
    ) -> TruncatedSVDHead {
        let factors = rows.first?.count ?? 1
        return TruncatedSVDHead(
            mean: mean, itemBiases: biases ?? rows.map { _ in 0 },
            itemFactors: SmallData.factors(rows),
            singularValues: [Double](repeating: 1, count: factors),
            options: TruncatedSVDOptions(fill: .biasResidual, factors: factors))
    }

    private func profile(_ items: [Int32], _ values: [Float]) -> Profile {
        Profile(items: items, values: values, timestamps: items.map { _ in 0 })
    }

    @Test("it equals the full sort for every count", arguments: [1, 6, 17])
    func equalsSort(factors: Int) {
        var random = TestRandom(UInt64(factors))
        let rows = (0..<203).map { _ in (0..<factors).map { _ in Float(random.uniform()) } }
        let head = head(rows, biases: rows.map { _ in Float(random.uniform()) })
        let profile = profile([3, 50, 120, 202], [1, 5, 4, 2])
        let vector = head.foldIn(profile).vector
        let all = sorted(head, vector, excluding: profile)
        for count in [1, 2, 10, 198, 199, 200, 1000] {
            let top = TopK.select(head, vector, count: count, excluding: profile)
            #expect(top == Array(all.prefix(count)))
        }
    }

    @Test("ties go to the earlier item, also across the last place")
    func ties() {
        // Every row is one of three, so that scores tie by the dozen.
        let head = head((0..<100).map { [Float($0 % 3)] })
        let profile = profile([0, 2], [3, 5])
        let vector = head.foldIn(profile).vector
        let all = sorted(head, vector, excluding: profile)
        #expect(Set(all.map(\.score)).count == 3)
        for count in [1, 5, 33, 34, 70, 98] {
            #expect(
                TopK.select(head, vector, count: count, excluding: profile)
                    == Array(all.prefix(count)))
        }
    }

    @Test("scores that only Double tells apart are ordered by Double")
    func belowFloatResolution() {
        // In float, 1 + 2⁻²⁴ and its neighbours round to the same score.
        let rows: [[Float]] = (0..<64).map { [1, Float($0 * 37 % 64) * 0x1p-30] }
        let head = head(rows)
        let profile = profile([0], [5])
        let vector = head.foldIn(profile).vector
        let all = sorted(head, vector, excluding: profile)
        let top = TopK.select(head, vector, count: 5, excluding: profile)
        #expect(top == Array(all.prefix(5)))
    }

    @Test("scores beyond the range of float are still exact")
    func huge() {
        let rows: [[Float]] = (0..<40).map { [Float($0 + 1) * 1e19, -1e19] }
        let head = head(rows, mean: 0)
        let profile = profile([1], [3e38])
        let vector = head.foldIn(profile).vector
        let top = TopK.select(head, vector, count: 3, excluding: profile)
        #expect(top == Array(sorted(head, vector, excluding: profile).prefix(3)))
        #expect(top.allSatisfy { $0.score.isFinite })
    }

    @Test(
        "several users at once get the lists that they get alone",
        arguments: [1, 5, TopK.usersAtOnce, TopK.usersAtOnce + 7])
    func several(count: Int) {
        var random = TestRandom(UInt64(count))
        let rows = (0..<150).map { _ in (0..<12).map { _ in Float(random.uniform()) } }
        let head = head(rows, biases: rows.map { _ in Float(random.uniform()) })
        let profiles = (0..<count).map { user in
            profile([Int32(user), Int32(user + 60), 149], [1, 5, Float(user % 5)])
        }
        let vectors = profiles.map { head.foldIn($0).vector }
        for wanted in [1, 10, 147, 200] {
            let lists = TopK.select(head, vectors, count: wanted, excluding: profiles)
            #expect(lists.count == count)
            for user in 0..<count {
                #expect(
                    lists[user]
                        == Array(
                            sorted(head, vectors[user], excluding: profiles[user]).prefix(wanted)))
            }
        }
    }

    @Test("a wide head whose bases decide is ranked exactly", arguments: [255, 639])
    func wide(factors: Int) {
        var random = TestRandom(UInt64(factors))
        let rows = (0..<300).map { _ in (0..<factors).map { _ in Float(random.uniform()) * 0.01 } }
        let head = head(rows, biases: rows.map { _ in Float(random.uniform()) * 2 })
        let profile = profile([3, 77, 299], [1, 5, 4])
        let vector = head.foldIn(profile).vector
        let all = sorted(head, vector, excluding: profile)
        for count in [1, 10, 150] {
            #expect(
                TopK.select(head, vector, count: count, excluding: profile)
                    == Array(all.prefix(count)))
        }
    }

    @Test("items of zeros and a user of zeros are ranked by their bases")
    func zeros() {
        let flat = head((0..<40).map { _ in [0, 0] }, biases: (0..<40).map { Float($0 % 7) })
        let profile = profile([6], [5])
        for vector in [flat.foldIn(profile).vector, flat.foldIn(.empty).vector] {
            #expect(
                TopK.select(flat, vector, count: 9, excluding: profile)
                    == Array(sorted(flat, vector, excluding: profile).prefix(9)))
        }
    }

    @Test("vectors of all sizes are ranked exactly", arguments: [-320, -200, -60, 0, 12, 37])
    func magnitudes(exponent: Int) {
        var random = TestRandom(3)
        let rows = (0..<80).map { _ in [Float(random.uniform()), Float(random.uniform())] }
        let head = RankingHead(
            itemFactors: SmallData.factors(rows), ratedItemCount: 80, meanActivity: 1,
            scale: SmallData.scale, options: .init(factors: 2))
        // The lighter the weights the shorter the vector.
        let weight = Double(sign: .plus, exponent: exponent * 3, significand: 1)
        let light = RankingHead(
            itemFactors: SmallData.factors(rows), ratedItemCount: 80, meanActivity: 1,
            scale: SmallData.scale,
            options: .init(factors: 2, ratingWeights: [weight, weight, weight, weight, weight]))
        for head in [head, light] {
            let profile = profile([5, 20], [5, 4])
            let vector = head.foldIn(profile).vector
            #expect(
                TopK.select(head, vector, count: 7, excluding: profile)
                    == Array(sorted(head, vector, excluding: profile).prefix(7)))
        }
    }

    @Test("no items, no count or everything excluded give an empty list")
    func nothing() {
        let none = head([])
        #expect(
            TopK.select(none, none.foldIn(.empty).vector, count: 3, excluding: .empty).isEmpty)
        let two = head([[1], [2]])
        let all = profile([0, 1], [1, 2])
        #expect(TopK.select(two, two.foldIn(all).vector, count: 3, excluding: all).isEmpty)
        #expect(TopK.select(two, two.foldIn(all).vector, count: 0, excluding: .empty).isEmpty)
        #expect(TopK.select(two, two.foldIn(all).vector, count: -1, excluding: .empty).isEmpty)
    }
}
