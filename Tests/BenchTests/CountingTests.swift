// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import candor_bench

struct CountingTests {
    @Test("medians and means of few figures")
    func summary() {
        #expect(Summary.median(of: []) == nil)
        #expect(Summary.median(of: [3]) == 3)
        #expect(Summary.median(of: [9, 1, 2]) == 2)
        #expect(Summary.median(of: [9, 1, 2, 4]) == 3)
        #expect(Summary.mean(of: []) == nil)
        #expect(Summary.mean(of: [1, 2]) == 1.5)
    }

    @Test("parts run in their order, serving last")
    func parts() {
        #expect(Part.chosen(["serving", "accuracy"], hasSplits: false) == [.accuracy, .serving])
        #expect(Part.chosen(["all"], hasSplits: false) == Part.allCases)
        #expect(Part.chosen(["nothing"], hasSplits: true) == nil)
        #expect(Part.chosen([], hasSplits: false) == [.training, .topk, .serving])
        #expect(
            Part.chosen([], hasSplits: true)
                == [.accuracy, .baselines, .ranking, .training, .topk, .serving])
        #expect(Part.allCases.last == .serving)
    }

    @Test("a bound counts the registers of the upper triangle")
    func products() {
        func products(_ width: Int) -> Double {
            SweepBound(users: 1, items: 1, ratings: 1, width: width).productsPerRating
        }
        #expect(products(16) == 192)
        #expect(products(32) == 640)
        #expect(products(80) == 3520)
    }

    @Test("rows count as far as they do not fit the cache, entries always")
    func bytes() {
        var bound = SweepBound(users: 1000, items: 10, ratings: 7, width: 16)
        bound.cacheBytes = 1000 * 64
        #expect(bound.bytes == 7 * 2 * 5)
        bound.cacheBytes = 1000 * 64 - 1
        #expect(bound.bytes == 7 * (2 * 5 + 64))
        #expect(bound.multiplyAdds > 7 * 2 * 192)
    }

    @Test("links add their inverses and the sums over their ratings")
    func links() {
        var bound = SweepBound(users: 3, items: 2, ratings: 5, width: 16)
        bound.cacheBytes = 2 * 64
        let (adds, bytes) = (bound.multiplyAdds, bound.bytes)
        bound.hasLinks = true
        #expect(bound.multiplyAdds == adds + 2 * 4 * 16 + 2 * 5 * 256 + 5 * 5 * 16)
        #expect(bound.bytes == bytes + 5 * (5 * 5 + 3 * 64) + 2 * 4 * 4)
    }

    @Test("a sweep's time is the median between reports")
    func sweeps() {
        var clock = SweepClock(reportsPerSweep: 2)
        #expect(clock.medianSeconds == nil)
        for time in [0, 1, 3, 10, 11, 12, 15] {
            clock.report(at: UInt64(time) * 1_000_000_000)
        }
        #expect(clock.medianSeconds == 4)
    }

    @Test("growth is compared with the same thing one size before")
    func growth() {
        var figures = ScaleFigures()
        let (small, large) = (ScaleSize.all[0], ScaleSize.all[1])
        figures.add("train", small, 2)
        figures.add("sweep", small, 1)
        figures.add("train", large, 30)
        #expect(figures.growth.map(\.ratio) == [1.5])
        figures.add(Comparison("kept", .stars, 1))
        #expect(figures.takeComparisons().count == 1)
        #expect(figures.takeComparisons().isEmpty)
    }

    @Test("users to solve are those closest to 165 ratings")
    func users() {
        var ratings = RatingColumns()
        for (user, count) in [10, 170, 163, 400].enumerated() {
            for item in 0..<count {
                ratings.append(
                    user: UserIndex(user), item: ItemIndex(item), value: 3, timestamp: 0)
            }
        }
        let matrix = RatingMatrix(ratings, userCount: 4, itemCount: 400)
        #expect(FoldInBench.users(matrix).map(\.count) == [163, 170, 10, 400])
    }

    @Test("items of one direction are at distance 0, of opposite ones at 2")
    func distance() throws {
        let stride = FactorMatrix.stride(forColumns: 2)
        var storage = [Float](repeating: 0, count: 3 * stride)
        for (row, value) in ([1, 3, -2] as [Float]).enumerated() { storage[row * stride] = value }
        let matrix = FactorMatrix(columnCount: 2, stride: stride, storage: storage)
        let head = RankingHead(
            itemFactors: matrix, ratedItemCount: 3, meanActivity: 1,
            scale: RatingScale(minimum: 1, maximum: 5), options: RankingHeadOptions(factors: 2))
        let distance = ItemDistance(head)
        #expect(distance(ItemIndex(0), ItemIndex(1)) == 0)
        #expect(distance(ItemIndex(0), ItemIndex(2)) == 2)
    }
}
