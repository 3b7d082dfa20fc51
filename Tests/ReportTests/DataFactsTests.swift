// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import TestSupport
import Testing

@testable import Report

@Suite("what the data is like")
struct DataFactsTests {
    @Test("counts, moments and ranges are those of a plain loop over the ratings")
    func facts() {
        let data = SmallReport.data()
        let facts = DataFacts(data.matrix)
        var (values, users, items): ([Double], [Int: Int], [Int: Int]) = ([], [:], [:])
        for user in 0..<data.users.count {
            let profile = data.matrix.profile(of: UserIndex(user))
            for (item, value) in zip(profile.items, profile.values) {
                values.append(Double(value))
                users[user, default: 0] += 1
                items[Int(item), default: 0] += 1
            }
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(facts.ratingCount == values.count)
        #expect(facts.ratedUserCount == users.count && facts.ratedItemCount == items.count)
        #expect(abs(facts.mean - mean) < 1e-9)
        #expect(abs(facts.deviation - variance.squareRoot()) < 1e-9)
        #expect(facts.values.reduce(0) { $0 + $1.count } == values.count)
        #expect(facts.values.map(\.value) == facts.values.map(\.value).sorted())
        #expect(facts.perUser.largest == users.values.max())
        #expect(facts.activity.reduce(0) { $0 + $1.users } == users.count)
        for bin in facts.activity {
            #expect(bin.users == users.values.count { bin.range.contains($0) })
        }
        let rare = (0..<data.items.count).count { items[$0, default: 0] < 5 }
        #expect(facts.rareItemCount == rare)
    }

    @Test("the long tail of shares that are known: one item has half of everything")
    func concentration() {
        var ratings = RatingColumns()
        for user in 0..<100 {
            ratings.append(user: UserIndex(user), item: ItemIndex(0), value: 3, timestamp: 0)
            ratings.append(
                user: UserIndex(user), item: ItemIndex(1 + user % 99), value: 4, timestamp: 0)
        }
        let facts = DataFacts(RatingMatrix(ratings, userCount: 100, itemCount: 100))
        #expect(facts.concentration.count == 101)
        #expect(facts.share(ofMostRated: 0) == 0)
        #expect(abs(facts.share(ofMostRated: 1) - 0.5) < 1e-12)
        #expect(facts.share(ofMostRated: 100) == 1)
        #expect(facts.mean == 3.5 && facts.deviation == 0.5)
    }

    @Test("months run without gaps, and long spans go by year")
    func periods() {
        func matrix(_ times: [Int64]) -> RatingMatrix {
            var ratings = RatingColumns()
            for (place, time) in times.enumerated() {
                ratings.append(
                    user: UserIndex(place / 2), item: ItemIndex(place % 2),
                    value: Float(place + 1), timestamp: time)
            }
            return RatingMatrix(ratings, userCount: 2, itemCount: 2)
        }
        // 2000-12-31, 2000-12-31, 2001-02-10, 2001-03-01
        let months = RatingPeriods(matrix([978_300_000, 978_300_060, 981_800_000, 983_500_000]))
        #expect(months.periods.map(\.name) == ["2000-12", "2001-01", "2001-02", "2001-03"])
        #expect(months.periods.map(\.count) == [2, 0, 1, 1])
        #expect(months.periods[0].mean == 1.5)
        #expect(months.oneDayUsers == 0.5)
        let years = RatingPeriods(matrix([978_300_000, 978_300_060, 1_300_000_000, 0]))
        #expect(years.periods.first?.name == "2000" && years.periods.last?.name == "2011")
        #expect(years.periods.map(\.count).reduce(0, +) == 3)
        #expect(RatingPeriods(matrix([0, 0, 0, 0])).periods.isEmpty)
    }

    @Test("genre shares by group are those of a plain count, and small groups are not shown")
    func genres() throws {
        let data = SmallReport.data()
        let facts = GenreFacts(data)
        let gender = try #require(data.users.attribute(named: "gender"))
        let mix = try #require(facts.mixes.first { $0.attribute == "gender" })
        for (place, genre) in facts.genres.enumerated() {
            for (rank, group) in mix.groups.enumerated() {
                var (all, own) = (0, 0)
                for user in 0..<data.users.count where gender.label(of: UserIndex(user)) == group {
                    for item in data.matrix.profile(of: UserIndex(user)).items {
                        all += 1
                        let genres = data.items[ItemIndex(rawValue: item)].genres
                        own += genres.contains(genre.name) ? 1 : 0
                    }
                }
                #expect(abs(mix.shares[place][rank] - Double(own) / Double(all)) < 1e-12)
            }
        }
        for mix in facts.mixes {
            let attribute = try #require(data.users.attribute(named: mix.attribute))
            for group in mix.groups {
                let users = (0..<data.users.count).count {
                    attribute.label(of: UserIndex($0)) == group
                }
                #expect(users >= 10)
            }
        }
    }

    @Test("the first component is the direction in which planted items differ")
    func components() throws {
        // Two kinds of items that share no genre, and a year that goes with the kind.
        let items = (0..<60).compactMap { place -> Item? in
            let isOdd = place % 2 == 1
            return ItemID("i\(place)").map {
                Item(
                    id: $0, title: "", genres: isOdd ? ["Odd", "Rare"] : ["Even"],
                    year: (isOdd ? 1950 : 1990) + place / 10)
            }
        }
        let content = try #require(ContentComponents(Catalogue(items)))
        #expect(content.items.count == 60)
        #expect(content.explained[0] > 0.9 && content.explained[1] < 0.1)
        let odd = content.features.first { $0.name == "Odd" }?.weights[0] ?? 0
        let even = content.features.first { $0.name == "Even" }?.weights[0] ?? 0
        let year = content.features.first { $0.name == "year" }?.weights[0] ?? 0
        #expect(odd * even < 0 && even * year > 0)
        let norm = content.features.reduce(0) { $0 + $1.weights[0] * $1.weights[0] }
        #expect(abs(norm - 1) < 1e-9)
        let x = content.places.map(\.x)
        #expect(abs(x.reduce(0, +)) < 1e-6)
        let sides = Set(x.enumerated().map { ($0.offset % 2 == 1) == ($0.element > 0) })
        #expect(sides.count == 1)
    }

    @Test("too little content has no components")
    func noComponents() {
        let items = ["a", "b", "c", "d"].compactMap { ItemID($0) }
        #expect(ContentComponents(Catalogue(items.map { Item(id: $0, title: "") })) == nil)
        #expect(
            ContentComponents(Catalogue(items.map { Item(id: $0, title: "", genres: ["x"]) }))
                == nil)
    }
}
