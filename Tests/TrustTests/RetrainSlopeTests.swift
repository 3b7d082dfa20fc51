// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

@Suite("Slope of retraining")
struct RetrainSlopeTests {
    @Test("is the least-squares line through points whose line is known")
    func known() throws {
        let exact = try #require(RetrainSlope(effects: [-1, 0, 1, 3], changes: [-1, 1, 3, 7]))
        #expect(abs(exact.slope - 2) < 1e-12 && abs(exact.correlation - 1) < 1e-12)
        #expect(abs(exact.low - 2) < 1e-6 && abs(exact.high - 2) < 1e-6)
        #expect(exact.users == 4)
        // -1 and -1, 0 and 1, 1 and 3, 3 and 7: none of unlike sign, zero counting as positive.
        #expect(exact.signAgreement == 1)
        // Slope 0.8, residuals .2 -.6 .6 -.2: their variance .4 over a sum of squares of 5.
        let loose = try #require(
            RetrainSlope(effects: [1, 2, 3, 4], changes: [1, 1, 3, 3]))
        #expect(abs(loose.slope - 0.8) < 1e-12)
        #expect(abs(loose.high - (0.8 + 1.96 * (0.4 / 5).squareRoot())) < 1e-9)
        #expect(abs(loose.correlation - 0.8 * (5.0 / 4).squareRoot()) < 1e-12)
    }

    @Test("cannot be told from too few or equal effects, and is 0 where nothing changes")
    func degenerate() throws {
        #expect(RetrainSlope(effects: [1, 2], changes: [1, 2]) == nil)
        #expect(RetrainSlope(effects: [1, 1, 1], changes: [1, 2, 3]) == nil)
        let still = try #require(RetrainSlope(effects: [1, 2, 3], changes: [0, 0, 0]))
        #expect(still.slope == 0 && still.correlation == 0)
    }

    @Test("a sample deletes one rating of each user drawn, the one with the largest share")
    func sample() throws {
        let random = CounterRandom(seed: 4)
        var columns = RatingColumns()
        for pair in 0..<900 where random.uniform(UInt64(pair)) < 0.4 {
            columns.append(
                user: UserIndex(pair / 30), item: ItemIndex(pair % 30),
                value: Float(1 + random.integer(below: 5, UInt64(pair) + 5000)), timestamp: 0)
        }
        let matrix = RatingMatrix(columns, userCount: 30, itemCount: 30)
        let head = try RankingTrainer.train(
            matrix, scale: .init(minimum: 1, maximum: 5), options: .init(factors: 8, sweeps: 4),
            threads: 1)
        let sample = RetrainSample(of: head, matrix, count: 10, seed: 3)
        #expect(sample.count == 10)
        let rest = sample.deleted(from: matrix)
        #expect(rest.count == matrix.count - 10)
        let changed = (0..<30).filter { user in
            rest.profile(of: UserIndex(user)).count != matrix.profile(of: UserIndex(user)).count
        }
        #expect(changed.count == 10)
        for user in changed {
            let profile = matrix.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            let first = try #require(
                TopK.select(head, foldIn.vector, count: 1, excluding: profile).first)
            let shares = head.shares(of: profile, to: first.item, with: foldIn).ratings
            let largest = try #require(
                shares.indices.max { shares[$0].magnitude < shares[$1].magnitude })
            let left = rest.profile(of: UserIndex(user))
            #expect(left.position(of: ItemIndex(rawValue: profile.items[largest])) == nil)
        }
        // The same items: what changes is exactly the effect.
        let slope = try #require(sample.slope(by: head, on: rest))
        #expect(abs(slope.slope - 1) < 1e-6 && slope.signAgreement == 1)
    }
}
