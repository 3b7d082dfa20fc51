// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Factors

@Suite("Settings by the size of the data")
struct DataSizeTests {
    @Test("plentiful data has the defaults", arguments: [500_000, 1_000_209, 100_000_000])
    func plentiful(count: Int) {
        let size = DataSize(ratingCount: count)
        #expect(BayesianOptions.best(for: size) == .best)
        #expect(RankingHeadOptions.suiting(size) == RankingHeadOptions())
    }

    @Test("little data has more sweeps, within bounds, and nothing jumps")
    func little() {
        var before = (BayesianOptions.best, RankingHeadOptions())
        for count in stride(from: 500_000, through: 0, by: -1000) {
            let size = DataSize(ratingCount: count)
            let (rating, lists) = (
                BayesianOptions.best(for: size), RankingHeadOptions.suiting(size)
            )
            #expect(rating.sweeps >= before.0.sweeps && rating.sweeps <= 200)
            #expect((2...4).contains(rating.priorScale))
            #expect(abs(rating.priorScale - before.0.priorScale) < 0.02)
            #expect((0.15...0.26).contains(lists.unobservedWeight))
            #expect(abs(lists.unobservedWeight - before.1.unobservedWeight) < 0.001)
            #expect((0.01...0.012).contains(lists.regularization))
            before = (rating, lists)
        }
        #expect(before.0.sweeps == 200 && before.0.priorScale == 2)
        #expect(RatingModelName.fast.bayesianOptions(for: DataSize(ratingCount: 9)) == .fast)
    }
}
