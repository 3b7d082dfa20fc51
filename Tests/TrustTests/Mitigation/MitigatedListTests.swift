// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings
import Testing

@testable import Trust

/// Mitigated lists against a straightforward search over all items, place by place.
@Suite("Mitigated lists")
struct MitigatedListTests {
    private static let genreNames = ["Action", "Comedy", "Drama", "Horror", "War"]
    private static let itemCount = 60
    private static let random = CounterRandom(seed: 5)

    private static let catalogue = Catalogue(
        (0..<itemCount).compactMap { place in
            let count = random.integer(below: 4, UInt64(place))
            let genres = (0..<count).map {
                genreNames[random.integer(below: 5, UInt64(1000 + place * 10 + $0))]
            }
            return ItemID("i\(place)").map {
                Item(
                    id: $0, title: "Item \(place)", genres: Array(Set(genres)).sorted(),
                    year: place % 7 == 0 ? nil : 1950 + place)
            }
        })
    private static let matrix: RatingMatrix = {
        var columns = RatingColumns()
        for user in 0..<40 {
            for item in 0..<itemCount - 3
            where random.uniform(UInt64(5000 + user * 100 + item)) < 8 / Double(item + 8) {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(1 + random.integer(below: 5, UInt64(90_000 + user * 100 + item))),
                    timestamp: 0)
            }
        }
        return RatingMatrix(columns, userCount: 41, itemCount: itemCount)
    }()
    private static let popularity = Popularity(matrix)
    private static let traits = CatalogueTraits(catalogue, matrix, popularity)

    private let profile = Self.matrix.profile(of: UserIndex(3))

    private func scores(_ seed: UInt64) -> [Double] {
        let random = CounterRandom(seed: seed)
        return (0..<Self.itemCount).map { Double(random.integer(below: 30, UInt64($0))) / 20 }
    }

    private func calibration(_ strength: Double) throws -> GenreCalibration {
        GenreCalibration(
            target: try #require(Self.traits.genres.mix(of: profile, likedFrom: 4)),
            strength: strength)
    }

    private func floor(_ name: String, _ minimum: Int, _ holds: (Int) -> Bool) -> ExposureFloor {
        ExposureFloor(
            name: name, members: (0..<Self.itemCount).map(holds), minimum: minimum)
    }

    /// KL(p‖q̃) by its definition, from genre names.
    private func divergence(_ items: [Int]) -> Double {
        func mix(_ items: [Int], skippingNone: Bool) -> [String: Double] {
            var sums: [String: Double] = [:]
            let counted = items.filter {
                !skippingNone || !Self.catalogue.items[$0].genres.isEmpty
            }
            for item in counted {
                let genres = Self.catalogue.items[item].genres
                for genre in genres {
                    sums[genre, default: 0] += 1 / Double(genres.count) / Double(counted.count)
                }
            }
            return sums
        }
        let liked = profile.items.indices.filter { profile.values[$0] >= 4 }
        let target = mix(liked.map { Int(profile.items[$0]) }, skippingNone: true)
        let list = mix(items, skippingNone: false)
        return target.reduce(0) { sum, entry in
            sum + entry.value
                * log(entry.value / (0.99 * (list[entry.key] ?? 0) + 0.01 * entry.value))
        }
    }

    @Test("calibrated lists are filled as a search over all items fills them", arguments: 0..<8)
    func calibrated(seed: Int) throws {
        for strength in [0.0, 0.3, 0.7, 1] {
            let scores = scores(UInt64(seed))
            let list = try MitigatedList(
                scores: scores, excluding: profile, count: 12, novelty: 0,
                calibration: try calibration(strength), floors: [], traits: Self.traits)
            var chosen: [Int] = []
            var before = log(100.0)
            for entry in list.entries {
                let candidates = (0..<Self.itemCount).filter {
                    profile.position(of: ItemIndex($0)) == nil && !chosen.contains($0)
                }
                let gains = candidates.map {
                    (1 - strength) * scores[$0] + strength * (before - divergence(chosen + [$0]))
                }
                let best = try #require(gains.max())
                #expect(abs(entry.score - best) < 1e-9)
                let place = try #require(candidates.firstIndex(of: entry.item.position))
                #expect(gains[place] > best - 1e-9)
                chosen.append(entry.item.position)
                before = divergence(chosen)
            }
            #expect(chosen.count == 12)
            let mix = try #require(Self.traits.genres.mix(of: profile, likedFrom: 4))
            #expect(abs(mix.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test("a strength of 0 is the plain order, and more strength brings genres nearer")
    func strengths() throws {
        let scores = scores(40)
        func list(_ strength: Double) throws -> MitigatedList {
            try MitigatedList(
                scores: scores, excluding: profile, count: 10, novelty: 0,
                calibration: try calibration(strength), floors: [], traits: Self.traits)
        }
        let plain = try list(0)
        #expect(plain.entries.map(\.before) == Array(1...10))
        #expect(plain.entries.map(\.score) == plain.entries.map(\.score).sorted(by: >))
        let calibrated = try list(1)
        func divergence(_ list: MitigatedList) -> Double {
            self.divergence(list.entries.map(\.item.position))
        }
        #expect(divergence(calibrated) < divergence(plain) - 0.01)
    }

    @Test("popularity correction adds what it says, and leaves out what nobody has rated")
    func novelty() throws {
        let scores = scores(41)
        let list = try MitigatedList(
            scores: scores, excluding: profile, count: 1000, novelty: 0.25, calibration: nil,
            floors: [], traits: Self.traits)
        let raters = (0..<41).count { !Self.matrix.byUser.range(ofRow: $0).isEmpty }
        for entry in list.entries {
            let count = Self.matrix.byItem.range(ofRow: entry.item.position).count
            #expect(count > 0)
            let expected =
                scores[entry.item.position] - 0.25 * log(Double(count) / Double(raters))
            #expect(abs(entry.score - expected) < 1e-12)
            let lines = list.adjustments(of: entry.item, genres: Self.traits.genres)
            #expect(lines.map(\.name) == (count < raters ? ["novelty"] : []))
        }
        #expect(list.entries.map(\.score) == list.entries.map(\.score).sorted(by: >))
        let rated = Self.popularity.counts.enumerated().filter { item, count in
            count > 0 && profile.position(of: ItemIndex(item)) == nil
        }
        #expect(list.entries.count == rated.count)
    }

    @Test("adjustments and the head's score make the list's score, in and out of the list")
    func sums() throws {
        let scores = scores(42)
        let list = try MitigatedList(
            scores: scores, excluding: profile, count: 8, novelty: 0.1,
            calibration: try calibration(0.4), floors: [floor("even", 5) { $0 % 2 == 0 }],
            traits: Self.traits)
        for entry in list.entries {
            let lines = list.adjustments(of: entry.item, genres: Self.traits.genres)
            let sum = lines.reduce(scores[entry.item.position]) { $0 + $1.amount }
            #expect(abs(sum - entry.score) < 1e-12)
        }
        let last = try #require(list.entries.last)
        let picked = Set(list.entries.map(\.item))
        for item in (0..<Self.itemCount - 3).map({ ItemIndex($0) }) where !picked.contains(item) {
            let lines = list.adjustments(of: item, genres: Self.traits.genres)
            let sum = lines.reduce(scores[item.position]) { $0 + $1.amount }
            // Only even items could have taken the last place from the one that floors gave it.
            if item.position % 2 == 0, profile.position(of: item) == nil {
                #expect(sum <= last.score + 1e-9)
            }
        }
    }

    @Test("floors are met at the least loss, and the list keeps the best of the rest")
    func floors() throws {
        for seed in 0..<20 {
            let scores = scores(UInt64(100 + seed))
            let minimum = 1 + seed % 6
            let tail = floor("tail:\(minimum)", minimum) { Self.traits.tail.contains[$0] }
            let list = try MitigatedList(
                scores: scores, excluding: profile, count: 7, novelty: 0, calibration: nil,
                floors: [tail], traits: Self.traits)
            let candidates = (0..<Self.itemCount)
                .filter { profile.position(of: ItemIndex($0)) == nil }
                .sorted { (scores[$1], $0) < (scores[$0], $1) }
            let inTail = candidates.filter { tail.members[$0] }
            let outside = candidates.filter { !tail.members[$0] }
            // With one kind of item the best list takes the best of each for some number of them.
            let best = (minimum...7).map { count in
                (inTail.prefix(count) + outside.prefix(7 - count)).reduce(0) { $0 + scores[$1] }
            }.max()
            let sum = list.entries.reduce(0) { $0 + $1.score }
            #expect(abs(sum - (best ?? 0)) < 1e-12)
            #expect(list.entries.count { tail.members[$0.item.position] } >= minimum)
            for entry in list.entries {
                #expect(candidates.firstIndex(of: entry.item.position) == entry.before - 1)
            }
        }
    }

    @Test("several floors share places where items count for both")
    func overlapping() throws {
        let both = [
            floor("low:3", 3) { $0 < 30 }, floor("even:3", 3) { $0 % 2 == 0 },
        ]
        let list = try MitigatedList(
            scores: scores(7), excluding: profile, count: 3, novelty: 0, calibration: nil,
            floors: both, traits: Self.traits)
        #expect(list.entries.allSatisfy { $0.item.position < 30 && $0.item.position % 2 == 0 })
    }

    @Test("floors that cannot be met are said to be impossible")
    func impossible() {
        func error(_ floors: [ExposureFloor], count: Int) -> MitigationError? {
            do throws(MitigationError) {
                _ = try MitigatedList(
                    scores: scores(1), excluding: profile, count: count, novelty: 0,
                    calibration: nil, floors: floors, traits: Self.traits)
                return nil
            } catch { return error }
        }
        #expect(
            error([floor("none:1", 1) { _ in false }], count: 5)
                == .tooFewItems(floor: "none:1", available: 0))
        #expect(error([floor("all:6", 6) { _ in true }], count: 5) == .tooFewPlaces(count: 5))
        let apart = [floor("even:3", 3) { $0 % 2 == 0 }, floor("odd:3", 3) { $0 % 2 == 1 }]
        #expect(error(apart, count: 5) == .tooFewPlaces(count: 5))
        #expect(error(apart, count: 6) == nil)
    }

    @Test("the head holds four fifths of the ratings, and the tail the rest")
    func tail() {
        let head = (0..<Self.itemCount).filter { !Self.traits.tail.contains[$0] }
        let counts = Self.popularity.counts
        let held = head.reduce(0) { $0 + counts[$1] }
        let least = head.map { counts[$0] }.min() ?? 0
        #expect(Double(held) >= 0.8 * Double(Self.matrix.count))
        #expect(Double(held - least) < 0.8 * Double(Self.matrix.count))
        for item in 0..<Self.itemCount where Self.traits.tail.contains[item] {
            #expect(counts[item] <= least)
        }
        #expect(Self.traits.decades[0] == nil && Self.traits.decades[59] == 2000)
        #expect(Self.traits.decades[1] == 1950 && Self.traits.decades[10] == 1960)
    }
}
