// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Trust

@Suite("Audit view")
struct AuditViewTests {
    @Test("the overview has the main numbers, all tests fixed beforehand and what was found")
    func overview() throws {
        let subject = GeneratedMeasures.make(200, gap: 0.4, seed: 1)
        // Of some 270 tests none is significant whose p cannot fall below .01.
        let report = try #require(
            GeneratedMeasures.report(subject, resamples: 1999, crossing: [(0, 1)]))
        let rows = AuditView.overview.rows(report.rows, attribute: nil)
        #expect(rows.count { $0.family == .confirmatory } == 4)
        #expect(rows.contains { $0.group == "right" && $0.metric == "rmse" })
        #expect(rows.contains { $0.group == "right" && $0.metric == "rmse-gap" })
        #expect(rows.allSatisfy { $0.family != .exploratory || $0.isSignificant == true })
        #expect(rows.count < report.rows.count / 4)
        let one = AuditView.overview.rows(report.rows, attribute: "band")
        #expect(one.allSatisfy { ["all", "band"].contains($0.attribute) })
        #expect(one.count { $0.metric == "rmse-gap" } == 3)
        let crossed = AuditView.overview.rows(report.rows, attribute: "side*band")
        #expect(crossed.contains { $0.attribute == "side*band" && $0.metric == "ndcg@10-gap" })
    }

    @Test("sections part the rows, and one attribute leaves out the others")
    func sections() throws {
        let report = try #require(GeneratedMeasures.report(GeneratedMeasures.make(80, seed: 2)))
        let parts = [AuditView.data, .rating, .ranking, .items, .leakage].map {
            $0.rows(report.rows, attribute: nil).count
        }
        #expect(parts.reduce(0, +) == report.rows.count)
        #expect(AuditView.all.rows(report.rows, attribute: nil).count == report.rows.count)
        let rows = AuditView.all.rows(report.rows, attribute: "side")
        #expect(Set(rows.map(\.attribute)) == ["all", "side"])
    }
}
