// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings
import Testing

@testable import Trust

@Suite("Held-out measurements")
struct HeldOutMeasurementsTests {
    private struct Measured {
        let train: RatingMatrix
        let test: RatingMatrix
        let rating: BayesianHead
        let ranking: RankingHead
        let scale: RatingScale
        let measurements: HeldOutMeasurements
    }

    private static let measured = Result { () throws -> Measured in
        var options = SyntheticOptions()
        options.userCount = 120
        options.itemCount = 90
        options.ratingCount = 2_400
        options.groupCount = 3
        let data = SyntheticRatings(options).dataset
        let parts = Split.perUser(data.matrix(), heldOut: 0.2, seed: 5)
        var bayesian = RatingModelName.fast.bayesianOptions
        bayesian.sweepCount = 6
        let rating = try BayesianTrainer.train(parts.kept, options: bayesian)
        let ranking = try RankingTrainer.train(
            parts.kept, scale: data.scale, options: RankingHeadOptions())
        let measurements = try #require(
            HeldOutMeasurements(
                rating: rating, ranking: ranking, train: parts.kept, test: parts.heldOut,
                scale: data.scale, threads: 2
            ) { _ in true })
        return Measured(
            train: parts.kept, test: parts.heldOut, rating: rating, ranking: ranking,
            scale: data.scale, measurements: measurements)
    }

    @Test("every user with held-out ratings is there, with each rating's own error")
    func errors() throws {
        let all = try Self.measured.get()
        let rows = all.test.byUser
        let held = (0..<rows.rowCount).filter { !rows.range(ofRow: $0).isEmpty }
        #expect(all.measurements.users.map(\.user.position) == held)
        #expect(all.measurements.users.map(\.items.count).reduce(0, +) == all.test.count)
        for user in all.measurements.users {
            let profile = all.train.profile(of: user.user)
            #expect(user.profileSize == profile.count)
            let vector = all.rating.foldIn(profile).vector
            for (place, entry) in rows.range(ofRow: user.user.position).enumerated() {
                #expect(user.items[place] == rows.columns[entry])
                #expect(user.ratings[place] == rows.values[entry])
                let item = ItemIndex(rawValue: rows.columns[entry])
                let stars = min(max(all.rating.score(of: item, for: vector), 1), 5)
                #expect(user.errors[place] == stars - Double(rows.values[entry]))
            }
            var (squared, absolute, signed) = (0.0, 0.0, 0.0)
            for error in user.errors {
                squared += error * error
                absolute += error < 0 ? -error : error
                signed += error
            }
            #expect(abs(user.squaredError - squared) < 1e-12)
            #expect(abs(user.absoluteError - absolute) < 1e-12)
            #expect(abs(user.signedError - signed) < 1e-12)
        }
    }

    @Test("lists are the best ten of what was not known, judged by the formulas of the papers")
    func lists() throws {
        let all = try Self.measured.get()
        for user in all.measurements.users {
            let best = Self.bestTen(of: user.user, all)
            #expect(user.list == best)
            let relevant = Set(zip(user.items, user.ratings).filter { $1 >= 4 }.map { $0.0 })
            guard let quality = user.quality else {
                #expect(relevant.isEmpty)
                continue
            }
            var hits: [Int] = []
            for (place, item) in best.enumerated() where relevant.contains(item.rawValue) {
                hits.append(place)
            }
            #expect(abs(quality.precision - Double(hits.count) / 10) < 1e-12)
            #expect(abs(quality.recall - Double(hits.count) / Double(relevant.count)) < 1e-12)
            let reciprocal = hits.first.map { 1 / Double($0 + 1) } ?? 0
            #expect(quality.reciprocalRank == reciprocal)
            var (gain, ideal) = (0.0, 0.0)
            for hit in hits { gain += 1 / log2(Double(hit) + 2) }
            for place in 0..<min(10, relevant.count) { ideal += 1 / log2(Double(place) + 2) }
            #expect(abs(quality.nDCG - gain / ideal) < 1e-12)
        }
    }

    private static func bestTen(of user: UserIndex, _ all: Measured) -> [ItemIndex] {
        let profile = all.train.profile(of: user)
        let vector = all.ranking.foldIn(profile).vector
        var scored: [ScoredItem] = []
        for position in 0..<all.train.itemCount {
            let item = ItemIndex(position)
            guard profile.position(of: item) == nil else { continue }
            scored.append(ScoredItem(item: item, score: all.ranking.score(of: item, for: vector)))
        }
        scored.sort { $0.score != $1.score ? $0.score > $1.score : $0.item < $1.item }
        return scored.prefix(10).map { $0.item }
    }

    @Test("one thread or two, the same bits; a refused step ends the measuring")
    func threads() throws {
        let all = try Self.measured.get()
        func measure(_ threads: Int, _ goesOn: Bool) -> HeldOutMeasurements? {
            HeldOutMeasurements(
                rating: all.rating, ranking: all.ranking, train: all.train, test: all.test,
                scale: all.scale, threads: threads
            ) { _ in goesOn }
        }
        #expect(measure(1, true) == all.measurements)
        #expect(measure(2, false) == nil)
    }

    @Test("other lists are judged anew and leave the stars as they are")
    func replaced() throws {
        let measurements = try Self.measured.get().measurements
        let lists = measurements.users.map { Array($0.list.reversed()) }
        let replaced = measurements.replacing(lists: lists)
        #expect(replaced.users.map(\.list) == lists)
        #expect(replaced.users.map(\.errors) == measurements.users.map(\.errors))
        #expect(
            replaced.users.map { $0.quality?.hitCount }
                == measurements.users.map { $0.quality?.hitCount })
        #expect(
            replaced.users.map { $0.quality?.reciprocalRank }
                != measurements.users.map { $0.quality?.reciprocalRank })
    }
}
