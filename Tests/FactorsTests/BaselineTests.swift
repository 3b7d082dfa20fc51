// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("Baselines")
struct BaselineTests {
    private let matrix = SmallData.matrix(
        [(0, 0, 5), (0, 2, 3), (1, 2, 4)], users: 3, items: 4)

    @Test("damped biases of one round, by hand")
    func damped() {
        let biases = DampedBiases(matrix, userDamping: 1, itemDamping: 1, rounds: 1)
        #expect(biases.mean == 4)
        // Items: (5 − 4)/2, nothing, (−1 + 0)/3, nothing; then users on what is left.
        let items = [0.5, 0, -1.0 / 3, 0]
        #expect(zip(biases.itemBiases, items).allSatisfy { abs($0 - $1) < 1e-12 })
        let users = [((1 - 0.5) + (-1 + 1.0 / 3)) / 3, (1.0 / 3) / 2, 0]
        #expect(zip(biases.userBiases, users).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(
            abs(biases.predict(UserIndex(1), ItemIndex(0)) - (4 + 1.0 / 6 + 0.5)) < 1e-12)
    }

    @Test("biases of no ratings are zero")
    func noRatings() {
        let biases = DampedBiases(RatingMatrix(RatingColumns(), userCount: 1, itemCount: 1))
        #expect(biases.predict(UserIndex(0), ItemIndex(0)) == 0)
    }

    @Test("popular items come by count, then by item order")
    func popularity() {
        let popularity = Popularity(matrix)
        #expect(popularity.counts == [1, 0, 2, 0])
        #expect(popularity.order == [2, 0, 1, 3].map { ItemIndex($0) })
        let unseen = popularity.select(count: 2, excluding: matrix.profile(of: UserIndex(1)))
        #expect(
            unseen == [
                ScoredItem(item: ItemIndex(0), score: 1), ScoredItem(item: ItemIndex(1), score: 0),
            ])
        #expect(popularity.select(count: 0, excluding: .empty).isEmpty)
    }
}
