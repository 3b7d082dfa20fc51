// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

/// Every model that a command can name is trained and explained the same way.
@Suite("Models by name")
struct BaselineExplanationTests {
    private static let scale = RatingScale(minimum: 1, maximum: 5)
    private static let matrix: RatingMatrix = {
        let random = CounterRandom(seed: 1)
        var columns = RatingColumns()
        for pair in 0..<1200 where random.uniform(UInt64(pair)) < 0.4 {
            columns.append(
                user: UserIndex(pair / 30), item: ItemIndex(pair % 30),
                value: Float(1 + random.integer(below: 5, UInt64(pair) + 5000)), timestamp: 0)
        }
        return RatingMatrix(columns, userCount: 41, itemCount: 30)
    }()

    /// A few sweeps, on two components of time although these ratings have none.
    private static func options(_ name: RatingModelName) -> BayesianOptions {
        var options = name.bayesianOptions
        options.sweepCount = 8
        return options
    }

    private static func head(_ name: RatingModelName) throws -> any ServableHead {
        try name.train(
            matrix, rating: options(name), baseline: .init(factors: 6),
            threads: 2)
    }

    private static func head(_ name: RankingModelName) throws -> any ServableHead {
        try name.train(
            matrix, scale: scale, ranking: .init(factors: 8), rating: options(.bayes),
            baseline: .init(factors: 6), threads: 2)
    }

    private func check(_ head: some ExplainableHead) {
        for user in 0..<Self.matrix.userCount {
            let profile = Self.matrix.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            for item in stride(from: 0, to: Self.matrix.itemCount, by: 7) {
                let item = ItemIndex(item)
                let terms = head.baseTerms(of: item).reduce(0) { $0 + $1.amount }
                #expect(abs(terms - head.base(of: item)) < 1e-9)
                let explanation = Explanation(
                    of: item, by: head, for: SolvedProfile(profile, by: head, foldIn: foldIn),
                    top: 4)
                let sum = explanation.lines.reduce(0) { $0 + $1.share }
                #expect(abs(sum - explanation.score) < 1e-9)
                for line in explanation.lines {
                    let rest = rest(of: profile, afterDeleting: line, in: explanation)
                    let expected = rest.map { left in
                        head.score(of: item, for: head.foldIn(left).vector) - explanation.score
                    }
                    guard let effect = line.effect, let expected else {
                        #expect(line.effect == nil && expected == nil)
                        continue
                    }
                    #expect(abs(effect - expected) < 1e-9)
                }
            }
        }
    }

    /// The ratings that are left when those of a line are deleted; nil for a line about none.
    private func rest(
        of profile: Profile, afterDeleting line: Explanation.Line, in explanation: Explanation
    ) -> Profile? {
        let listed = explanation.lines.compactMap { line -> ItemIndex? in
            if case .share(let item, _) = line.part { item } else { nil }
        }
        let kept: (ItemIndex) -> Bool
        switch line.part {
        case .base, .attribute, .adjustment: return nil
        case .share(let item, _): kept = { $0 != item }
        case .rest: kept = { listed.contains($0) }
        }
        var columns = RatingColumns()
        for (item, value) in zip(profile.items, profile.values) {
            let item = ItemIndex(rawValue: item)
            guard kept(item) else { continue }
            columns.append(user: UserIndex(0), item: item, value: value, timestamp: 0)
        }
        return RatingMatrix(columns, userCount: 1, itemCount: 30).profile(of: UserIndex(0))
    }

    @Test("adjustments are lines of their own, and the sum still holds")
    func adjustments() throws {
        let head = try Self.head(RankingModelName.ials)
        let profile = Self.matrix.profile(of: UserIndex(3))
        let plain = Explanation(
            of: ItemIndex(7), by: head, for: SolvedProfile(profile, by: head), top: 2)
        let adjusted = plain.adjusted(
            by: [BaseTerm(name: "novelty", amount: -0.25)], to: plain.score - 0.25)
        #expect(Array(adjusted.lines.dropLast()) == plain.lines)
        #expect(adjusted.lines.last?.part == .adjustment("novelty"))
        #expect(adjusted.lines.last?.effect == nil)
        #expect(abs(adjusted.lines.reduce(0) { $0 + $1.share } - adjusted.score) < 1e-9)
    }

    @Test(
        "rating models: shares add up, effects are what deleting does",
        arguments: RatingModelName.allCases)
    func rating(_ name: RatingModelName) throws { check(try Self.head(name)) }

    @Test(
        "ranking models: shares add up, effects are what deleting does",
        arguments: RankingModelName.allCases)
    func ranking(_ name: RankingModelName) throws { check(try Self.head(name)) }

    @Test("what a name trains is read back as the kind that the name says")
    func bytes() throws {
        for name in RatingModelName.allCases {
            let bytes = try Self.head(name).factorBytes
            #expect(try name.headType.init(factorBytes: bytes).factorBytes == bytes)
        }
        for name in RankingModelName.allCases {
            guard let type = name.headType else { continue }
            let bytes = try Self.head(name).factorBytes
            #expect(try type.init(factorBytes: bytes).factorBytes == bytes)
            #expect(throws: HeadBytesError.self) { try MeanHead(factorBytes: bytes) }
        }
    }

    @Test("a name trains the model that it says")
    func types() throws {
        #expect(try Self.head(RatingModelName.bayes) is BayesianHead)
        #expect(try Self.head(RatingModelName.mean) is MeanHead)
        #expect(try Self.head(RatingModelName.biases) is BiasHead)
        for name in RatingModelName.allCases {
            let fill = (try Self.head(name) as? TruncatedSVDHead)?.options.fill
            #expect(fill == name.fill)
        }
        #expect(try Self.head(RankingModelName.popular) is PopularityHead)
        #expect(
            (try Self.head(RankingModelName.svdZero) as? TruncatedSVDHead)?.options.fill == .zero)
    }
}
