// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import TestSupport
import Testing

@testable import Trust

/// The audit of the audit: what it says of made-up users whose truth is known.
@Suite("Audit power")
struct AuditPowerTests {
    private static let seeds = Sanitizer.rounds(200)

    private static func gap(_ report: AuditReport) -> AuditRow? {
        report.exactRows.first {
            $0.attribute == "side" && $0.group == "right" && $0.metric == "rmse-gap"
        }
    }

    @Test("pure noise is flagged in at most 5% of 200 seeds, in either family")
    func noise() throws {
        var flagged: [AuditRow.Family: Int] = [.confirmatory: 0, .exploratory: 0]
        var covered = 0
        for seed in 0..<Self.seeds {
            let subject = GeneratedMeasures.make(200, seed: UInt64(5000 + seed))
            let report = try #require(GeneratedMeasures.report(subject, seed: UInt64(seed)))
            let found = report.exactRows.filter { $0.isSignificant == true }
            for family in Set(found.compactMap(\.family)) { flagged[family, default: 0] += 1 }
            let gap = try #require(Self.gap(report))
            if let low = gap.low, let high = gap.high, low <= 0, high >= 0 { covered += 1 }
        }
        #expect(flagged[.confirmatory, default: 0] <= Self.seeds / 20, "\(flagged)")
        #expect(flagged[.exploratory, default: 0] <= Self.seeds / 20, "\(flagged)")
        // Binomial(200, .95) falls below 180 once in 500; percentile intervals are slightly narrow.
        #expect(
            covered >= Self.seeds * 9 / 10,
            "the interval of no gap holds 0 in \(covered) of \(Self.seeds)")
    }

    @Test("a gap as large as the audit calls detectable is found in 80% of 200 seeds")
    func power() throws {
        var detectable = 0.0
        for seed in 0..<20 {
            let subject = GeneratedMeasures.make(200, seed: UInt64(9000 + seed))
            let report = try #require(GeneratedMeasures.report(subject, seed: UInt64(seed)))
            let gap = try #require(Self.gap(report))
            detectable += try #require(gap.detectable) / 20
        }
        var (found, held) = (0, 0)
        for seed in 0..<Self.seeds {
            let subject = GeneratedMeasures.make(
                200, gap: detectable, seed: UInt64(20_000 + seed))
            let report = try #require(GeneratedMeasures.report(subject, seed: UInt64(seed)))
            let gap = try #require(Self.gap(report))
            if try #require(gap.p) <= 0.05, gap.value > 0 { found += 1 }
            if let low = gap.low, let high = gap.high, (low...high).contains(detectable) {
                held += 1
            }
        }
        // Four standard deviations of Binomial(200, .8) are 23.
        let seeds = Double(Self.seeds)
        let spread = (16 * seeds * 0.8 * 0.2).squareRoot().rounded(.up)
        #expect(
            abs(Double(found) - 0.8 * seeds) <= spread,
            "\(found) of \(seeds) with a gap of \(detectable)")
        #expect(
            held >= Self.seeds * 9 / 10,
            "the interval holds the planted gap in \(held) of \(seeds)")
    }

    @Test("a gap that comes from profile sizes alone is no finding beyond them")
    func activity() throws {
        // The errors of users with long profiles are small, and one side has most of those.
        let subject = GeneratedMeasures.make(400, seed: 77)
        let sizes = subject.measurements.users.map(\.profileSize).sorted()
        let median = sizes[sizes.count / 2]
        let users = subject.measurements.users.map { user in
            HeldOutUser(
                user: user.user, profileSize: user.profileSize, items: user.items,
                ratings: user.ratings,
                errors: user.errors.map { $0 * (user.profileSize < median ? 1.5 : 0.7) },
                list: user.list, cutoff: 10, relevanceThreshold: 4)
        }
        let random = CounterRandom(seed: 5)
        let codes = users.map { user in
            let isLong = user.profileSize >= median
            let isLikely = random.uniform(UInt64(user.user.position)) < 0.8
            return Int32(isLong == isLikely ? 1 : 0)
        }
        let measurements = HeldOutMeasurements(
            users: users, itemCount: subject.measurements.itemCount, cutoff: 10,
            relevanceThreshold: 4)
        let report = try #require(
            GeneratedMeasures.report(
                AuditSubject(
                    measurements, train: subject.train, catalogue: subject.catalogue,
                    attributes: [
                        AuditAttribute(
                            name: "side", groups: ["left", "right"], codes: codes,
                            kind: .attribute)
                    ], refusals: [], heads: [])))
        let gap = try #require(Self.gap(report))
        #expect(try #require(gap.high) < -0.2, "the raw gap is large")
        #expect(abs(try #require(gap.excess)) < 0.1, "and chance explains it")
        let adjusted = try #require(
            report.exactRows.first {
                $0.group == "right" && $0.metric == "rmse-gap-at-equal-activity"
            })
        let (low, high) = (try #require(adjusted.low), try #require(adjusted.high))
        #expect(low < 0 && high > 0)
    }

    @Test("value unfairness of nothing is large, and no finding: chance gives as much")
    func unfairnessOfNothing() throws {
        let subject = GeneratedMeasures.make(200, seed: 31)
        let report = try #require(GeneratedMeasures.report(subject))
        let row = try #require(
            report.exactRows.first { $0.group == "left" && $0.metric == "value-unfairness" })
        #expect(row.value > 0.2 && row.low == nil)
        #expect(abs(try #require(row.excess)) < 0.05)
        #expect(row.isSignificant == false)
    }
}
