// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

@Suite("Audit report")
struct AuditReportTests {
    static func attribute(_ count: Int) -> UserAttribute {
        UserAttribute(
            name: "side", categories: ["left", "right"], codes: (0..<count).map { Int32($0 % 2) })
    }

    static func report(
        _ users: HeldOutMeasurements, resamples: Int = 400
    ) throws -> AuditReport {
        try #require(
            AuditReport(
                users, attributes: [attribute(users.users.count)],
                options: AuditOptions(resamples: resamples, seed: 3)
            ) { _ in true })
    }

    @Test("every number equals a straightforward computation")
    func values() throws {
        let users = GeneratedMeasures.make(300, gap: 0.1, seed: 1)
        let report = try Self.report(users)
        func members(_ side: Int?) -> [HeldOutUser] {
            users.users.filter { side == nil || $0.user.position % 2 == side }
        }
        func rmse(_ users: [HeldOutUser]) -> Double {
            let errors = users.map(\.squaredError).reduce(0, +)
            return (errors / Double(users.map(\.items.count).reduce(0, +))).squareRoot()
        }
        func ndcg(_ users: [HeldOutUser]) -> Double {
            let values = users.compactMap(\.quality?.nDCG)
            return values.reduce(0, +) / Double(values.count)
        }
        func value(_ group: String, _ metric: AuditMetric) throws -> Double {
            try #require(report.entries.first { $0.group == group && $0.metric == metric }).value
        }
        #expect(abs(try value("all", .rmse) - rmse(members(nil))) < 1e-12)
        #expect(abs(try value("left", .rmse) - rmse(members(0))) < 1e-12)
        #expect(abs(try value("right", .ndcg) - ndcg(members(1))) < 1e-12)
        let gap = rmse(members(1)) - rmse(members(0))
        #expect(abs(try value("right", .rmseGap) - gap) < 1e-9)
        #expect(abs(try value("left", .rmseGap) + gap) < 1e-9)
        let ndcgGap = ndcg(members(1)) - ndcg(members(0))
        #expect(abs(try value("right", .ndcgGap) - ndcgGap) < 1e-9)
    }

    @Test("a planted gap lies outside its null, and its interval holds the planted size")
    func plantedGap() throws {
        let report = try Self.report(GeneratedMeasures.make(2000, gap: 0.2, seed: 5))
        let gap = try #require(
            report.entries.first { $0.group == "right" && $0.metric == .rmseGap })
        #expect(gap.low > 0)
        #expect(gap.low < 0.2 && gap.high > 0.2)
    }

    @Test("without a gap the interval of the gap misses zero in about 5% of 200 seeds")
    func falsePositives() throws {
        let flagged = try (0..<200).count { seed in
            let report = try Self.report(
                GeneratedMeasures.make(300, gap: 0, seed: UInt64(1000 + seed)), resamples: 200)
            let gap = try #require(
                report.entries.first { $0.group == "right" && $0.metric == .rmseGap })
            return gap.low > 0 || gap.high < 0
        }
        // Binomial(200, .05) exceeds 19 once in 2,000; percentile intervals are slightly narrow.
        #expect(flagged <= 19, "\(flagged) of 200 seeds without a gap were flagged")
    }

    @Test("the same seed gives the same intervals, another seed others")
    func reproducible() throws {
        let users = GeneratedMeasures.make(100, gap: 0, seed: 2)
        let first = try Self.report(users)
        #expect(try Self.report(users) == first)
        let other = AuditReport(
            users, attributes: [Self.attribute(100)],
            options: AuditOptions(resamples: 400, seed: 4)
        ) { _ in true }
        #expect(other?.entries != first.entries)
    }

    @Test("small groups do not appear and are counted")
    func suppression() throws {
        let codes = (0..<100).map { Int32($0 < 5 ? 0 : $0 < 40 ? 1 : 2) }
        let attribute = UserAttribute(name: "band", categories: ["a", "b", "c"], codes: codes)
        let report = try #require(
            AuditReport(
                GeneratedMeasures.make(100, gap: 0, seed: 9), attributes: [attribute],
                options: AuditOptions(resamples: 100, seed: 1)
            ) { _ in true })
        #expect(Set(report.entries.map(\.group)) == ["all", "c"])
        #expect(report.suppressedGroups == 2)
    }

    @Test("users without held-out ratings and unknown groups count for neither group")
    func missing() throws {
        let all = GeneratedMeasures.make(200, gap: 0, seed: 4)
        let users = HeldOutMeasurements(
            users: Array(all.users.dropFirst()), itemCount: all.itemCount, cutoff: all.cutoff,
            relevanceThreshold: all.relevanceThreshold)
        let codes = (0..<200).map { Int32($0 < 20 ? -1 : $0 % 2) }
        let attribute = UserAttribute(name: "side", categories: ["left", "right"], codes: codes)
        let report = try #require(
            AuditReport(
                users, attributes: [attribute],
                options: AuditOptions(resamples: 100, seed: 1)
            ) { _ in true })
        #expect(report.users == 199)
        #expect(report.entries.first { $0.group == "left" }?.users == 90)
    }

    @Test("can be cancelled")
    func cancelled() {
        let report = AuditReport(
            GeneratedMeasures.make(50, gap: 0, seed: 1), attributes: [],
            options: AuditOptions(resamples: 100, seed: 1)
        ) { $0 < 0.5 }
        #expect(report == nil)
    }
}
