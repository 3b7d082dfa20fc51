// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings
import Testing

@testable import Trust

@Suite("Audit statistics")
struct AuditStatisticsTests {
    private static let subject = GeneratedMeasures.make(90, gap: 0.2, seed: 4)
    private static let options = AuditOptions(resamples: 100, seed: 6)

    private static func rmse(_ users: [(HeldOutUser, Double)]) -> Double {
        var (squares, ratings) = (0.0, 0.0)
        for (user, weight) in users {
            for error in user.errors { squares += weight * error * error }
            ratings += weight * Double(user.errors.count)
        }
        return (squares / ratings).squareRoot()
    }

    @Test("intervals are those of resampled users, computed again draw by draw")
    func bootstrap() throws {
        let report = try #require(
            GeneratedMeasures.report(Self.subject, resamples: 100, seed: 6))
        let row = try #require(
            report.exactRows.first { $0.group == "right" && $0.metric == "rmse-gap" })
        let users = Self.subject.measurements.users
        let codes = Self.subject.attributes[0].codes
        var gaps: [Double] = []
        for sample in 0..<100 {
            let random = CounterRandom(seed: 6, stream: UInt64(sample))
            let drawn = users.indices.map { random.integer(below: users.count, UInt64($0)) }
            let right = drawn.filter { codes[$0] == 1 }.map { (users[$0], 1.0) }
            let left = drawn.filter { codes[$0] == 0 }.map { (users[$0], 1.0) }
            gaps.append(Self.rmse(right) - Self.rmse(left))
        }
        gaps.sort()
        // The 2.5% point of 100 numbers lies 0.475 of the way from the third to the fourth.
        let low = gaps[2] + 0.475 * (gaps[3] - gaps[2])
        let high = gaps[96] + 0.525 * (gaps[97] - gaps[96])
        #expect(abs(try #require(row.low) - low) < 1e-9)
        #expect(abs(try #require(row.high) - high) < 1e-9)
    }

    @Test("chance exchanges groups within tenths by profile size, computed again gap by gap")
    func permutation() throws {
        let report = try #require(
            GeneratedMeasures.report(Self.subject, resamples: 100, seed: 6))
        let row = try #require(
            report.exactRows.first { $0.group == "right" && $0.metric == "rmse-gap" })
        let users = Self.subject.measurements.users
        let codes = Self.subject.attributes[0].codes
        let tenths = QuantileGroups(users.map { Double($0.profileSize) }, count: 10)
        var null: [Double] = []
        for resample in 0..<100 {
            var exchanged = codes
            let lists = tenths.ranges.indices.map { tenth in
                users.indices.filter { tenths.codes[$0] == Int32(tenth) }.map(Int32.init)
            }
            StratifiedPermutation.exchange(
                &exchanged, within: lists,
                CounterRandom(seed: 6, stream: (1 << 32) + UInt64(resample)))
            for list in lists {
                // Nothing leaves its tenth.
                #expect(
                    list.count { exchanged[Int($0)] == 1 } == list.count { codes[Int($0)] == 1 })
            }
            let sides = [0, 1].map { side in
                Self.rmse(users.indices.filter { exchanged[$0] == side }.map { (users[$0], 1) })
            }
            null.append(sides[1] - sides[0])
        }
        let mean = null.reduce(0, +) / 100
        #expect(abs(try #require(row.chance) - mean) < 1e-9)
        #expect(abs(try #require(row.excess) - (row.value - mean)) < 1e-9)
        let above = Double(1 + null.count { $0 >= row.value - 1e-12 }) / 101
        let below = Double(1 + null.count { $0 <= row.value + 1e-12 }) / 101
        #expect(abs(try #require(row.p) - min(1, 2 * min(above, below))) < 1e-12)
    }

    @Test("families are adjusted as Holm and as Benjamini and Hochberg say")
    func adjustment() throws {
        // Holm 1979: sorted p times the number of tests left, never falling.
        #expect(
            PValue.holm([0.01, 0.04, 0.03, 0.005]).elementsEqual([0.03, 0.06, 0.06, 0.02]) {
                abs($0 - $1) < 1e-12
            })
        // Benjamini & Hochberg 1995, table 1: 0.0095 and below are rejected at 5%, 0.0201 is not.
        let published = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0000,
        ]
        let adjusted = PValue.benjaminiHochberg(published)
        #expect(adjusted.count { $0 <= 0.05 } == 4)
        #expect(abs(adjusted[3] - 0.0095 * 15 / 4) < 1e-12)
        #expect(PValue.holm(published).count { $0 <= 0.05 } == 3)
        #expect(PValue.holm([]).isEmpty && PValue.benjaminiHochberg([]).isEmpty)
    }

    @Test("the confirmatory family is the spread of rmse and nDCG over each attribute's groups")
    func family() throws {
        let report = try #require(
            GeneratedMeasures.report(Self.subject, resamples: 100, crossing: [(0, 1)]))
        let rows = report.exactRows.filter { $0.family == .confirmatory }
        #expect(rows.count == 4 && report.familySize(.confirmatory) == 4)
        #expect(Set(rows.map(\.metric)) == ["rmse-spread", "ndcg@10-spread"])
        #expect(Set(rows.map(\.attribute)) == ["side", "band"])
        let others = report.exactRows.filter { $0.p != nil && $0.family == .exploratory }
        #expect(others.count == report.familySize(.exploratory))
        for row in report.exactRows where row.p != nil {
            let (p, adjusted) = (try #require(row.p), try #require(row.adjustedP))
            #expect(adjusted >= p - 1e-12)
        }
    }

    @Test("p is never 0, and counts ties and what is no number against the finding")
    func pValues() {
        #expect(PValue.upper(3, null: [1, 2, 3, 4]) == 3.0 / 5)
        #expect(PValue.upper(9, null: [1, 2, 3, 4]) == 1.0 / 5)
        #expect(PValue.upper(9, null: [1, .nan]) == 2.0 / 3)
        #expect(PValue.twoSided(-9, null: [1, -1, 0, 2]) == 2.0 / 5)
        #expect(PValue.twoSided(0, null: [0, 0]) == 1)
    }

    @Test("quantile groups keep equal numbers together and have no gaps")
    func quantiles() {
        let groups = QuantileGroups([5, 1, 1, 1, 9, 7, 1, 3], count: 4)
        #expect(groups.codes == [1, 0, 0, 0, 2, 2, 0, 1])
        #expect(groups.ranges == [1...1, 3...5, 7...9])
        #expect(QuantileGroups([], count: 3).ranges.isEmpty)
        let tenths = QuantileGroups((0..<1000).map { Double($0 * 7 % 1000) }, count: 10)
        #expect(tenths.ranges.count == 10)
        for tenth in 0..<10 { #expect(tenths.codes.count { $0 == Int32(tenth) } == 100) }
    }

    @Test("a detectable gap is the deviation of chance and of the estimate, weighted as published")
    func detectable() {
        let gap = DetectableGap.minimum(null: [-1, 1], samples: [0, 2])
        #expect(abs(gap - (1.959964 + 0.841621) * 2.squareRoot()) < 1e-5)
    }
}
