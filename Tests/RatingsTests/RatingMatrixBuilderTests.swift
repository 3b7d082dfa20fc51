// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Ratings

@Suite("RatingMatrixBuilder")
struct RatingMatrixBuilderTests {
    private typealias Rating = (user: Int, item: Int, value: Float, time: Int64)

    /// Random ratings with repeated pairs; half of the seeds have values or times in long forms.
    private func ratings(seed: UInt64) -> [Rating] {
        let random = CounterRandom(seed: seed)
        return (0..<3_000).map { place in
            let draw = { (bound: Int, salt: UInt64) in
                random.integer(below: bound, 4 * UInt64(place) + salt)
            }
            let value = seed % 2 == 0 ? Float(draw(9, 2)) / 2 : Float(draw(5_000, 2)) / 7
            let time = seed % 4 < 2 ? Int64(draw(20, 3)) : Int64(draw(20, 3)) - 10
            return (draw(40, 0), draw(50, 1), value, time)
        }
    }

    private func matrix(
        _ ratings: [Rating], _ repeated: RatingMatrixBuilder.Repeated
    ) -> (matrix: RatingMatrix, repeatedCount: Int) {
        var builder = RatingMatrixBuilder()
        for rating in ratings {
            builder.append(
                user: UserIndex(rating.user), item: ItemIndex(rating.item), value: rating.value,
                timestamp: rating.time)
        }
        return builder.finish(userCount: 41, itemCount: 51, repeated: repeated)
    }

    @Test("random ratings are sorted as a dictionary would have them", arguments: 1...8)
    func agreesWithDictionary(seed: UInt64) {
        let ratings = ratings(seed: seed)
        for repeated in [RatingMatrixBuilder.Repeated.last, .latest] {
            var expected: [Int: [Int: Rating]] = [:]
            for rating in ratings {
                if repeated == .latest, let earlier = expected[rating.user]?[rating.item],
                    earlier.time > rating.time
                {
                    continue
                }
                expected[rating.user, default: [:]][rating.item] = rating
            }
            let (matrix, repeatedCount) = matrix(ratings, repeated)
            #expect(matrix.count == expected.values.reduce(0) { $0 + $1.count })
            #expect(repeatedCount == ratings.count - matrix.count)
            for user in 0..<41 {
                let sorted = (expected[user] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
                #expect(
                    matrix.profile(of: UserIndex(user))
                        == Profile(
                            items: sorted.map { Int32($0.item) }, values: sorted.map(\.value),
                            timestamps: sorted.map(\.time), user: UserIndex(user)))
            }
            #expect(matrix.byItem == matrix.byUser.transposed())
        }
    }

    @Test("the order that ratings come in does not matter", arguments: 1...4)
    func ignoresOrder(seed: UInt64) {
        var seen: Set<Int> = []
        let distinct = ratings(seed: seed).filter { seen.insert(100 * $0.user + $0.item).inserted }
        let (forward, _) = matrix(distinct, .last)
        let (backward, count) = matrix(distinct.reversed(), .last)
        #expect(count == 0)
        #expect(forward == backward)
        #expect(forward.byUser.values.codes == backward.byUser.values.codes)
        #expect(forward.timestamps.short == backward.timestamps.short)
    }

    @Test("users and items can be numbered anew before sorting")
    func renumbers() {
        var builder = RatingMatrixBuilder()
        builder.append(user: UserIndex(0), item: ItemIndex(1), value: 2, timestamp: 3)
        builder.append(user: UserIndex(1), item: ItemIndex(0), value: 4, timestamp: 5)
        builder.renumberUsers([1, 0])
        builder.renumberItems([0, 2])
        let matrix = builder.finish(userCount: 2, itemCount: 3, repeated: .latest).matrix
        #expect(matrix.byUser.columns == [0, 2])
        #expect(matrix.byUser.values == [4, 2])
    }

    @Test("rows are replaced and users added; without a change everything is shared")
    func replacesRows() {
        let (matrix, _) = matrix(ratings(seed: 4), .last)
        #expect(matrix.replacing([:], userCount: 41) == matrix)
        let row = Profile(items: [3, 50], values: [1, 2.25], timestamps: [-4, 8])
        let changed = matrix.replacing([UserIndex(7): row, UserIndex(42): row], userCount: 43)
        #expect(changed.userCount == 43)
        for user in 0..<43 {
            let expected: Profile =
                user == 7 || user == 42
                ? row : user < 41 ? matrix.profile(of: UserIndex(user)) : .empty
            #expect(
                changed.profile(of: UserIndex(user))
                    == Profile(
                        items: expected.items, values: expected.values,
                        timestamps: expected.timestamps, user: UserIndex(user)))
        }
        let back = changed.replacing([UserIndex(7): .empty, UserIndex(42): .empty], userCount: 43)
        #expect(back.timestamps.long.isEmpty, "what needed the long form has gone")
    }

    @Test("a split of rows is the split of the same ratings in columns", arguments: 1...4)
    func splitsRows(seed: UInt64) {
        let (matrix, _) = matrix(ratings(seed: seed), .last)
        var columns = RatingColumns()
        for user in 0..<matrix.userCount {
            let profile = matrix.profile(of: UserIndex(user))
            for place in 0..<profile.count {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(rawValue: profile.items[place]),
                    value: profile.values[place], timestamp: profile.timestamps[place])
            }
        }
        let expected = Split.perUser(columns, heldOut: 0.3, seed: seed)
        let parts = Split.perUser(matrix, heldOut: 0.3, seed: seed)
        #expect(parts.kept == RatingMatrix(expected.kept, userCount: 41, itemCount: 51))
        #expect(parts.heldOut == RatingMatrix(expected.heldOut, userCount: 41, itemCount: 51))
    }
}
