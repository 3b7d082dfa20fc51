// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@Suite("Split")
struct SplitTests {
    /// 100 users, user u with u + 1 ratings, interleaved; times fall and repeat.
    private let ratings: RatingColumns = {
        var columns = RatingColumns()
        for item in 0..<100 {
            for user in item..<100 {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item), value: Float(1 + item % 5),
                    timestamp: Int64((1_000 - columns.count) / 7))
            }
        }
        return columns
    }()

    @Test("random parts are disjoint, complete, in source order and of the sizes asked for")
    func randomParts() {
        let parts = Split.randomPositions(count: 1_003, cuts: [0.8, 0.9], seed: 1)
        #expect(parts.map(\.count) == [802, 100, 101])
        #expect(parts.flatMap { $0 }.sorted() == Array(0..<1_003))
        #expect(parts.allSatisfy { $0 == $0.sorted() })
    }

    @Test("a seed gives one split, another seed another")
    func seeds() {
        let first = Split.randomPositions(count: 1_000, cuts: [0.9], seed: 1)
        #expect(first == Split.randomPositions(count: 1_000, cuts: [0.9], seed: 1))
        let second = Split.randomPositions(count: 1_000, cuts: [0.9], seed: 2)
        #expect(first != second)
        // Independent tests of 100 share 10 on average, with deviation 2.9.
        #expect(Set(first[1]).intersection(second[1]).count < 30)
    }

    @Test("a random split of nothing has empty parts, and cuts at the ends give empty parts")
    func emptyParts() {
        #expect(Split.randomPositions(count: 0, cuts: [0.5], seed: 1) == [[], []])
        #expect(Split.randomPositions(count: 4, cuts: [0, 1], seed: 1) == [[], [0, 1, 2, 3], []])
    }

    @Test("every user gives up floor(part × n) ratings, in source order")
    func perUser() {
        let parts = Split.perUser(ratings, heldOut: 0.2, seed: 3)
        #expect(parts.kept.count + parts.heldOut.count == ratings.count)
        for user in 0..<100 {
            let held = parts.heldOut.users.filter { $0 == Int32(user) }.count
            #expect(held == (user + 1) / 5)
        }
        let positions = Split.perUserPositions(users: ratings.users, heldOut: 0.2, seed: 3)
        #expect(positions.heldOut == positions.heldOut.sorted())
        #expect((positions.kept + positions.heldOut).sorted() == Array(0..<ratings.count))
        #expect(ratings.subset(positions.kept) == parts.kept)
        let other = Split.perUserPositions(users: ratings.users, heldOut: 0.2, seed: 4)
        #expect(other.heldOut != positions.heldOut)
    }

    @Test("chronological parts follow time, equal times follow source order")
    func chronological() {
        let parts = Split.chronologicalPositions(
            timestamps: [5, 1, 5, 3, 5, 1], cuts: [0.5, 0.84])
        #expect(parts == [[1, 3, 5], [0, 2], [4]])
        let halves = Split.chronological(ratings, cuts: [0.5])
        let latestEarly = halves[0].timestamps.max() ?? .max
        let earliestLate = halves[1].timestamps.min() ?? .min
        #expect(latestEarly <= earliestLate)
        #expect(halves.map(\.count) == [2_525, 2_525])
    }

    @Test("positions are grouped by key in source order, or in the order of an earlier grouping")
    func groups() {
        let keys: [Int32] = [2, 0, 2, 0, 2]
        let groups = PositionGroups(keys: keys, groupCount: 4)
        #expect(groups.offsets == [0, 2, 2, 5, 5])
        #expect(groups.positions == [1, 3, 0, 2, 4])
        #expect(groups.count == 4)
        #expect(groups[1].isEmpty)
        #expect(groups[2] == [0, 2, 4])
        let bySecond = PositionGroups(keys: [1, 1, 0, 0, 0], groupCount: 2)
        let both = PositionGroups(keys: keys, groupCount: 4, refining: bySecond)
        #expect(both.positions == [3, 1, 2, 4, 0])
    }

    @Test("a rating matrix orders items within users and keeps the last of equal pairs")
    func matrix() {
        let columns = RatingColumns(
            users: [1, 0, 1, 1], items: [2, 1, 0, 2], values: [3, 4, 5, 1],
            timestamps: [30, 40, 50, 10])
        let matrix = RatingMatrix(columns, userCount: 3, itemCount: 3)
        #expect(matrix.byUser.offsets == [0, 1, 3, 3])
        #expect(matrix.byUser.columns == [1, 0, 2])
        #expect(matrix.byUser.values == [4, 5, 1])
        #expect(matrix.timestamps == [40, 50, 10])
        #expect(matrix.byItem.offsets == [0, 1, 2, 3])
        #expect(matrix.byItem.columns == [1, 0, 1])
        #expect(matrix.profile(of: UserIndex(2)).isEmpty)
    }
}
