// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

/// Each way to mitigate in training moves what it should, on data where the groups differ by
/// construction.
@Suite("Mitigated training")
struct TrainingMitigationTests {
    private static let matrix = GroupedData.matrix
    private static let attribute = GroupedData.attribute
    private static var options: BayesianOptions {
        BayesianOptions(
            factors: 7, sweeps: 12, burnIn: 6, samples: 3, implicitSets: false, sequence: [])
    }

    private static func influence(
        _ method: TrainingMitigation.Method, _ strength: Double, threads: Int = 2
    ) throws -> GroupInfluence {
        try MitigatedTraining(
            TrainingMitigation(method, attribute: "side", strength: strength), attribute
        ).influence(matrix, scale: GroupedData.scale, seed: 3, threads: threads) { _ in true }
    }

    private static func rating(_ influence: GroupInfluence, threads: Int = 2) throws -> BayesianHead
    {
        try BayesianTrainer.train(matrix, options: options, influence: influence, threads: threads)
    }

    private static func ranking(_ influence: GroupInfluence, threads: Int = 2) throws
        -> RankingHead
    {
        try RankingTrainer.train(
            matrix, scale: GroupedData.scale, options: RankingHeadOptions(factors: 8, sweeps: 6),
            influence: influence, threads: threads)
    }

    /// The mean score of every item in each of the two groups.
    private func means(_ head: some LinearHead) -> [[Double]] {
        (0...1).map { group in
            let users = Self.attribute.codes.indices.filter { Self.attribute.codes[$0] == group }
            var sums = [Double](repeating: 0, count: head.itemCount)
            for user in users {
                let vector = head.foldIn(Self.matrix.profile(of: UserIndex(user))).vector
                for item in sums.indices {
                    sums[item] += head.score(of: ItemIndex(item), for: vector)
                }
            }
            return sums.map { $0 / Double(users.count) }
        }
    }

    private func gap(_ head: some LinearHead) -> Double {
        let means = means(head)
        let squares = zip(means[0], means[1]).map { ($0 - $1) * ($0 - $1) }
        return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }

    @Test("no influence gives the very bits of plain training")
    func plain() throws {
        let equal = GroupInfluence(weights: [Float](repeating: 1, count: GroupedData.userCount))
        #expect(try Self.rating(.none) == Self.rating(equal))
        #expect(try Self.ranking(.none) == Self.ranking(equal))
        let none = GroupInfluence(
            contrasts: try Self.influence(.parity, 5).contrasts, parityStrength: 0)
        #expect(try Self.rating(.none) == Self.rating(none))
        #expect(try Self.influence(.reweight, 0) == equal)
    }

    @Test("every method gives the same bits at any number of threads")
    func determinism() throws {
        for (method, strength) in [
            (TrainingMitigation.Method.reweight, 1.0), (.minimax, 4), (.parity, 100),
        ] {
            let one = try Self.influence(method, strength, threads: 1)
            let four = try Self.influence(method, strength, threads: 4)
            #expect(one == four)
            #expect(one != GroupInfluence.none)
            #expect(try Self.rating(one, threads: 1) == Self.rating(one, threads: 4))
            #expect(try Self.ranking(one, threads: 1) == Self.ranking(one, threads: 4))
        }
    }

    @Test("balanced weights give both groups the same total, and 1 in the mean over ratings")
    func balanced() throws {
        let weights = try Self.influence(.reweight, 1).weights
        var totals = [0.0, 0.0]
        var all = 0.0
        for user in 0..<GroupedData.userCount {
            let count = Double(Self.matrix.byUser.range(ofRow: user).count)
            all += count * Double(weights[user])
            let code = Self.attribute.codes[user]
            if code >= 0 { totals[Int(code)] += count * Double(weights[user]) }
        }
        #expect(abs(totals[0] - totals[1]) < 1e-3)
        #expect(abs(all / Double(Self.matrix.count) - 1) < 1e-6)
        #expect(weights[GroupedData.userCount - 1] == 1)
    }

    @Test("the worse a group is predicted, the more minimax lets it weigh")
    func minimax() throws {
        let mild = try Self.influence(.minimax, 2).weights
        let strong = try Self.influence(.minimax, 8).weights
        // User 0 is of the few, who rate less predictably, user 1 of the many.
        #expect(mild[0] > 1.05 && mild[1] < 1)
        #expect(strong[0] / strong[1] > mild[0] / mild[1])
    }

    @Test("the more parity weighs, the smaller the gap of mean scores, of both heads")
    func parity() throws {
        var last = (rating: Double.infinity, ranking: Double.infinity)
        var first = last
        for strength in [0.0, 30, 300, 3000, 30_000] {
            let influence = try Self.influence(.parity, strength)
            let training = MitigatedTraining(
                TrainingMitigation(.parity, attribute: "side", strength: strength), Self.attribute)
            let rating = training.finished(
                try Self.rating(influence), Self.matrix, threads: 2)
            #expect(rating.designs.neighbours == nil)
            let gaps = (rating: gap(rating), ranking: gap(try Self.ranking(influence)))
            if strength == 0 { first = gaps }
            #expect(gaps.rating < last.rating && gaps.ranking < last.ranking, "\(strength)")
            last = gaps
        }
        #expect(first.rating > 0.3)
        #expect(last.rating < 0.2 * first.rating)
        #expect(last.ranking < 0.5 * first.ranking)
    }

    private func erased(_ head: any ServableHead, _ strength: Double) -> any ServableHead {
        MitigatedTraining(
            TrainingMitigation(.erase, attribute: "side", strength: strength), Self.attribute
        ).finished(head, Self.matrix, threads: 2)
    }

    @Test("erasure makes every item's mean score equal in both groups")
    func erasure() throws {
        for head: any ServableHead in [try Self.rating(.none), try Self.ranking(.none)] {
            let bare = head.withoutNeighbours
            let before = gap(bare)
            let after = means(erased(head, 1))
            for (few, many) in zip(after[0], after[1]) { #expect(abs(few - many) < 1e-9) }
            #expect(before > 0.01)
            #expect(abs(gap(erased(head, 0.5)) - before / 2) < 1e-9 + 1e-6 * before)
            #expect(abs(gap(erased(head, 0)) - before) < 1e-12)
        }
    }

    @Test("an erased score is explained exactly, deletions included")
    func explained() throws {
        for head: any ServableHead in [try Self.rating(.none), try Self.ranking(.none)] {
            let erased = erased(head, 1)
            for user in stride(from: 0, to: GroupedData.userCount, by: 13) {
                let profile = Self.matrix.profile(of: UserIndex(user))
                try check(erased, head, profile)
            }
        }
    }

    private func check(
        _ erased: some ServableHead, _ plain: some ServableHead, _ profile: Profile
    ) throws {
        let foldIn = erased.foldIn(profile)
        for item in stride(from: 0, to: GroupedData.itemCount, by: 11) {
            let item = ItemIndex(item)
            let explanation = Explanation(
                of: item, by: erased,
                for: SolvedProfile(profile, by: erased, foldIn: foldIn), top: 3)
            #expect(explanation.score == erased.score(of: item, for: foldIn.vector))
            let sum = explanation.lines.reduce(0) { $0 + $1.share }
            #expect(abs(sum - explanation.score) < 1e-9)
            let adjustment = try #require(
                explanation.lines.first { $0.part == .adjustment("erasure") })
            let bare = plain.withoutNeighbours
            let unerased = bare.score(of: item, for: bare.foldIn(profile).vector)
            #expect(abs(explanation.score - adjustment.share - unerased) < 1e-9)
            let effect = try #require(
                explanation.lines.compactMap { line -> Double? in
                    if case .share = line.part { line.effect } else { nil }
                }.first)
            let largest = try #require(
                explanation.lines.lazy.compactMap { line -> ItemIndex? in
                    if case .share(let item, _) = line.part { item } else { nil }
                }.first)
            let place = try #require(profile.position(of: largest))
            let without = erased.foldIn(profile.without([place])).vector
            #expect(
                abs(effect - (erased.score(of: item, for: without) - explanation.score)) < 1e-9)
        }
    }

    @Test("a linear attack on erased vectors fares no better than chance")
    func attack() throws {
        let head = try Self.rating(.none)
        let users = Array(0..<GroupedData.userCount)
        let random = CounterRandom(seed: 8)
        let learners = users.map { random.bits(UInt64($0)) & 1 == 0 }
        let groups = Self.attribute.codes.map(Int.init)
        func area(_ vectors: [[Double]]) throws -> Double {
            let attacks = LinearAttack.all(
                vectors, groups: groups, groupCount: 2, learners: learners)
            return try #require(attacks.first).area([Int](repeating: 1, count: users.count))
        }
        let plain = users.map { head.foldIn(Self.matrix.profile(of: UserIndex($0))).vector }
        let plainArea = try area(plain.map(\.coordinates))
        #expect(plainArea > 0.9)
        let erasure = try #require(
            LinearErasure(
                users.dropLast().map { plain[$0] }, groups: Array(groups.dropLast()),
                groupCount: 2))
        // Learned on everybody, so that no covariance is left to any attack on everybody.
        let erased = plain.map { erasure.applied(to: $0).coordinates }
        let discriminant = LinearDiscriminant(Array(erased.dropLast()))
        let direction = discriminant.direction(telling: groups.dropLast().map { $0 == 0 ? 1 : 0 })
        #expect(direction.allSatisfy { abs($0) < 1e-8 })
        let taught = ErasedHead(head, erasure).withErasureLearned(
            from: Self.matrix, users: users.map { UserIndex($0) }, learners: learners,
            groups: groups, threads: 1)
        let left = try area(try #require(taught))
        #expect(left == 0.5, "an attack that learned nothing guesses")
    }

    @Test("an erased head is read back bit for bit, and damage is told")
    func bytes() throws {
        let head = try #require(
            erased(try Self.ranking(.none), 0.7) as? ErasedHead<RankingHead>)
        let bytes = head.factorBytes
        let read = try ErasedHead<RankingHead>(factorBytes: bytes)
        #expect(read.inner == head.inner && read.erasure == head.erasure)
        #expect(throws: HeadBytesError.self) {
            try ErasedHead<RankingHead>(factorBytes: head.inner.factorBytes)
        }
        for count in [0, 7, 30, bytes.count / 2, bytes.count - 1] {
            #expect(throws: HeadBytesError.self) {
                try ErasedHead<RankingHead>(factorBytes: Array(bytes.prefix(count)))
            }
        }
        #expect(throws: HeadBytesError.self) {
            try ErasedHead<BayesianHead>(factorBytes: bytes)
        }
    }

    @Test("erasure of three groups leaves all three with equal means")
    func threeGroups() throws {
        let codes = (0..<GroupedData.userCount).map { Int32($0 % 3) }
        let attribute = AuditAttribute(
            name: "side", groups: ["a", "b", "c"], codes: codes, kind: .attribute)
        let head = try Self.rating(.none)
        let erased = MitigatedTraining(
            TrainingMitigation(.erase, attribute: "side", strength: 1), attribute
        ).finished(head, Self.matrix, threads: 1)
        for item in stride(from: 0, to: GroupedData.itemCount, by: 7) {
            let means = (0..<3).map { group in
                let users = codes.indices.filter { codes[$0] == group }
                return users.reduce(0.0) { sum, user in
                    sum + score(erased, item, user)
                } / Double(users.count)
            }
            #expect(abs(means[0] - means[1]) < 1e-9 && abs(means[1] - means[2]) < 1e-9)
        }
    }

    private func score(_ head: some LinearHead, _ item: Int, _ user: Int) -> Double {
        head.score(
            of: ItemIndex(item), for: head.foldIn(Self.matrix.profile(of: UserIndex(user))).vector)
    }
}
