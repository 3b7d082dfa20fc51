// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Ratings

@Suite("SyntheticRatings")
struct SyntheticRatingsTests {
    private static func options(_ change: (inout SyntheticOptions) -> Void) -> SyntheticOptions {
        var options = SyntheticOptions()
        options.userCount = 800
        options.itemCount = 600
        options.ratingCount = 60_000
        change(&options)
        return options
    }

    /// RMSE of the true expectations over the ratings of users that `isCounted` accepts.
    private func error(
        _ data: SyntheticRatings, _ isCounted: (Int) -> Bool
    ) -> (rmse: Double, count: Int) {
        var sum = 0.0
        var count = 0
        let ratings = data.dataset.ratings
        for position in 0..<ratings.count where isCounted(Int(ratings.users[position])) {
            let expected = data.truth.expectedRating(
                user: UserIndex(rawValue: ratings.users[position]),
                item: ItemIndex(rawValue: ratings.items[position]))
            let difference = Double(ratings.values[position]) - expected
            sum += difference * difference
            count += 1
        }
        return ((sum / Double(count)).squareRoot(), count)
    }

    @Test("the data has the sizes asked for and one rating of 1 to 5 per pair")
    func sizes() {
        let data = SyntheticRatings(Self.options { _ in }).dataset
        #expect(data.isSynthetic)
        #expect(data.users.count == 800)
        #expect(data.items.count == 600)
        #expect(abs(data.ratings.count - 60_000) < 3_000)
        #expect(data.matrix().count == data.ratings.count)
        #expect(Set(data.ratings.values) == [1, 2, 3, 4, 5])
        #expect(data.users.attributes.map(\.name) == ["gender", "age", "occupation"])
        #expect(Set(data.items.items.map(\.title)).count == 600)
        #expect(data.items.items.allSatisfy { !$0.genres.isEmpty && $0.year != nil })
    }

    @Test("popularity and activity are long-tailed")
    func longTails() {
        let matrix = SyntheticRatings(Self.options { _ in }).dataset.matrix()
        for rows in [matrix.byUser, matrix.byItem] {
            let counts = (0..<rows.rowCount).map { rows.range(ofRow: $0).count }.sorted(by: >)
            let head = counts.prefix(rows.rowCount / 10).reduce(0, +)
            #expect(Double(head) > 0.25 * Double(matrix.count))
            #expect(counts[rows.rowCount / 2] < matrix.count / rows.rowCount)
        }
    }

    @Test("the planted gender gap is there: the best possible errors differ by just as much")
    func genderGap() throws {
        let data = SyntheticRatings(
            Self.options {
                $0.noise = 0.7
                $0.genderGap = 0.3
            })
        let gender = try #require(data.dataset.users.attribute(named: "gender"))
        let women = error(data) { gender.codes[$0] == 0 }
        let men = error(data) { gender.codes[$0] == 1 }
        // An RMSE of 10,000 ratings or more has a deviation below 0.01.
        #expect(women.count > 10_000 && men.count > 10_000)
        #expect(abs(women.rmse - 1.0) < 0.03)
        #expect(abs(men.rmse - 0.7) < 0.03)
    }

    @Test("the planted age gap is there, and no gap where none is planted")
    func ageGap() throws {
        let data = SyntheticRatings(
            Self.options {
                $0.genderGap = 0
                $0.ageGap = 0.4
            })
        let age = try #require(data.dataset.users.attribute(named: "age"))
        let gender = try #require(data.dataset.users.attribute(named: "gender"))
        #expect(abs(error(data) { age.codes[$0] == 6 }.rmse - 1.2) < 0.05)
        #expect(abs(error(data) { age.codes[$0] != 6 && gender.codes[$0] == 0 }.rmse - 0.8) < 0.03)
        #expect(abs(error(data) { age.codes[$0] != 6 && gender.codes[$0] == 1 }.rmse - 0.8) < 0.03)
    }

    @Test("users rate items of their own taste group higher and more often")
    func tasteGroups() {
        let data = SyntheticRatings(Self.options { $0.groupCount = 4 })
        let ratings = data.dataset.ratings
        var sums = [0.0, 0.0]
        var counts = [0.0, 0.0]
        for position in 0..<ratings.count {
            let user = Int(ratings.users[position])
            let item = Int(ratings.items[position])
            let isOwn = data.truth.userGroups[user] == data.truth.itemGroups[item] ? 1 : 0
            sums[isOwn] += Double(ratings.values[position])
            counts[isOwn] += 1
        }
        #expect(sums[1] / counts[1] - sums[0] / counts[0] > 0.6)
        #expect(counts[1] / (counts[0] + counts[1]) > 0.35)
    }

    @Test(
        "a rating has exactly the mean and deviation it is drawn with",
        arguments: [(1.5, 0.5), (1.5, 1.3), (3.2, 0.8), (3.6, 1.1), (4.0, 0.5), (4.5, 1.3)])
    func moments(mean: Double, deviation: Double) {
        // A grid of all pairs of uniform numbers in place of random ones.
        let steps = 400
        var sum = 0.0
        var squares = 0.0
        for whim in 0..<steps {
            for choice in 0..<steps {
                let value = Double(
                    SyntheticSource.rating(
                        mean: mean, deviation: deviation, (Double(whim) + 0.5) / Double(steps),
                        (Double(choice) + 0.5) / Double(steps)))
                sum += value
                squares += (value - mean) * (value - mean)
            }
        }
        let count = Double(steps * steps)
        #expect(abs(sum / count - mean) < 0.01)
        #expect(abs((squares / count).squareRoot() - deviation) < 0.01)
    }

    @Test("equal options give equal data, and these very ratings on every machine")
    func deterministic() {
        let data = SyntheticRatings(Self.options { _ in }).dataset
        #expect(data == SyntheticRatings(Self.options { _ in }).dataset)
        #expect(data != SyntheticRatings(Self.options { $0.seed = 2 }).dataset)
        // FNV-1a over every rating, in order.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for position in 0..<data.ratings.count {
            for word in [
                UInt64(data.ratings.users[position]), UInt64(data.ratings.items[position]),
                UInt64(data.ratings.values[position]), UInt64(data.ratings.timestamps[position]),
            ] {
                hash = (hash ^ word) &* 0x0000_0100_0000_01B3
            }
        }
        #expect(hash == 0xF28A_8052_1EDA_348C)
        #expect(data.items.items[0].title == "Paperboy of Iverlay (1963)")
    }

    @Test("impossible options are named before anything is made")
    func problems() {
        #expect(SyntheticOptions().problem == nil)
        #expect(Self.options { $0.groupCount = 0 }.problem == "1 to 18 taste groups are possible")
        #expect(
            Self.options { $0.genderGap = 0.6 }.problem
                == "noise, and noise with the gaps added, must be within 0.5 and 1.3 stars")
        #expect(
            Self.options { $0.ratingCount = 400_000 }.problem
                == "at most a quarter of all pairs can be rated: 120000 ratings or fewer")
        #expect(Self.options { $0.ratingCount = 799 }.problem?.contains("800 or more") == true)
    }
}
