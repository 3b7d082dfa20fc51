// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import Factors

/// Small made-up data that tests train on.
enum SmallData {
    static let scale = RatingScale(minimum: 1, maximum: 5)

    /// About `density` of all pairs, with whole ratings 1…5; the last user and item stay unrated.
    static func random(
        users: Int, items: Int, density: Double, seed: UInt64
    ) -> RatingMatrix {
        var random = TestRandom(seed)
        var columns = RatingColumns()
        for user in 0..<users - 1 {
            for item in 0..<items - 1 where abs(random.uniform()) < density {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(Int.random(in: 1...5, using: &random)), timestamp: 0)
            }
        }
        return RatingMatrix(columns, userCount: users, itemCount: items)
    }

    /// The same ratings with times: each user's within minutes or days of each other, some at once.
    static func timed(_ matrix: RatingMatrix) -> RatingMatrix {
        var random = TestRandom(UInt64(matrix.count))
        var time: Int64 = 978_300_000
        let times = (0..<matrix.count).map { _ in
            time += [0, 40, 90, 200_000][Int.random(in: 0..<4, using: &random)]
            return time
        }
        return RatingMatrix(byUser: matrix.byUser, timestamps: RatingTimes(times))
    }

    /// Ratings that follow a rank-2 taste on top of biases, with noise of deviation about `noise`.
    ///
    /// Returns every pair split at random in four fifths and one fifth.
    static func planted(
        users: Int, items: Int, noise: Double, seed: UInt64
    ) -> (train: RatingMatrix, test: RatingMatrix) {
        var random = TestRandom(seed)
        func rows(_ count: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<3).map { _ in random.uniform() } }
        }
        let (left, right) = (rows(users), rows(items))
        var (train, test) = (RatingColumns(), RatingColumns())
        for (user, u) in left.enumerated() {
            for (item, i) in right.enumerated() {
                let value =
                    3 + 0.4 * (u[0] + i[0]) + 1.5 * (u[1] * i[1] + u[2] * i[2])
                    + noise * 1.7 * random.uniform()
                let row = (UserIndex(user), ItemIndex(item), Float(value))
                if Int.random(in: 0..<5, using: &random) == 0 {
                    test.append(user: row.0, item: row.1, value: row.2, timestamp: 0)
                } else {
                    train.append(user: row.0, item: row.1, value: row.2, timestamp: 0)
                }
            }
        }
        return (
            RatingMatrix(train, userCount: users, itemCount: items),
            RatingMatrix(test, userCount: users, itemCount: items)
        )
    }

    static func matrix(
        _ ratings: [(user: Int, item: Int, value: Float)], users: Int, items: Int
    ) -> RatingMatrix {
        var columns = RatingColumns()
        for rating in ratings {
            columns.append(
                user: UserIndex(rating.user), item: ItemIndex(rating.item), value: rating.value,
                timestamp: 0)
        }
        return RatingMatrix(columns, userCount: users, itemCount: items)
    }

    /// Up to three neighbours of each item, of weights between −1 and 1; the first and the last item
    /// have none.
    static func neighbours(items: Int, seed: UInt64) -> ItemNeighbours {
        var random = TestRandom(seed)
        return ItemNeighbours(
            (0..<items).map { item in
                guard item > 0, item < items - 1 else { return [] }
                let others = Set((0..<3).map { _ in Int.random(in: 0..<items, using: &random) })
                return others.filter { $0 != item }.sorted().map {
                    .init(item: Int32($0), weight: Float(random.uniform()))
                }
            })
    }

    static func factors(_ rows: [[Float]]) -> FactorMatrix {
        var matrix = FactorMatrix(rowCount: rows.count, columnCount: rows.first?.count ?? 1)
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() { matrix[row, column] = value }
        }
        return matrix
    }
}
