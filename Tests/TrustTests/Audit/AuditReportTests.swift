// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings
import Testing

@testable import Trust

@Suite("Audit report")
struct AuditReportTests {
    private static let subject = GeneratedMeasures.make(240, gap: 0.1, seed: 8)
    private static let report = GeneratedMeasures.report(subject, crossing: [(0, 1)])

    /// Each shown group of a report with its users and all others of known group.
    private static func groups(
        _ report: AuditReport
    ) -> [(attribute: String, group: String, own: [HeldOutUser], others: [HeldOutUser])] {
        report.attributes.flatMap { attribute in
            attribute.groups.enumerated().map { code, label in
                let users = subject.measurements.users
                return (
                    attribute.name, label,
                    users.filter { attribute.codes[$0.user.position] == Int32(code) },
                    users.filter {
                        let other = attribute.codes[$0.user.position]
                        return other >= 0 && other != Int32(code)
                    }
                )
            }
        }
    }

    private static func row(
        _ report: AuditReport, _ attribute: String, _ group: String, _ metric: String
    ) -> AuditRow? {
        report.exactRows.first {
            $0.attribute == attribute && $0.group == group && $0.metric == metric
        }
    }

    @Test("every metric and gap of every group equals a straightforward computation")
    func metrics() throws {
        let report = try #require(Self.report)
        let plain = PlainAudit(subject: Self.subject)
        for metric in UserMetric.allCases.map(\.rawValue) {
            let all = try #require(Self.row(report, "all", "all", metric))
            #expect(abs(all.value - plain.value(metric, plain.users)) < 1e-9, "\(metric)")
            for (attribute, group, own, others) in Self.groups(report) {
                let row = try #require(Self.row(report, attribute, group, metric))
                let value = plain.value(metric, own)
                #expect(abs(row.value - value) < 1e-9, "\(metric) of \(group)")
                let gap = try #require(Self.row(report, attribute, group, metric + "-gap"))
                #expect(abs(gap.value - (value - plain.value(metric, others))) < 1e-9)
            }
        }
    }

    @Test("gaps at equal activity, distances and unfairness equal a straightforward computation")
    func tested() throws {
        let report = try #require(Self.report)
        let plain = PlainAudit(subject: Self.subject)
        for (attribute, group, own, others) in Self.groups(report) {
            func value(_ metric: String) throws -> Double {
                try #require(Self.row(report, attribute, group, metric), "\(group) \(metric)").value
            }
            for metric in ["rmse", "ndcg@10"] {
                let adjusted = plain.adjustedGap(metric, own, others)
                let name = "\(metric)-gap-at-equal-activity"
                if adjusted.isNaN {
                    #expect(Self.row(report, attribute, group, name) == nil)
                } else {
                    #expect(abs(try value(name) - adjusted) < 1e-9, "\(name) of \(group)")
                }
            }
            func squares(_ users: [HeldOutUser]) -> [Double] {
                users.map { plain.value("rmse", [$0]) }
            }
            #expect(
                abs(try value("rmse-ks") - PlainAudit.distance(squares(own), squares(others)))
                    < 1e-9)
            func gains(_ users: [HeldOutUser]) -> [Double] {
                users.compactMap { plain.ranking("ndcg@10", $0) }
            }
            #expect(
                abs(try value("ndcg@10-ks") - PlainAudit.distance(gains(own), gains(others)))
                    < 1e-9)
            for metric in UnfairnessMetric.allCases.map(\.rawValue) {
                let plainValue = plain.unfairness(metric, own, others)
                if plainValue.isNaN {
                    #expect(Self.row(report, attribute, group, metric) == nil)
                } else {
                    #expect(
                        abs(try value(metric) - plainValue) < 1e-9, "\(metric) of \(group)")
                }
            }
        }
    }

    @Test("the spread over groups is their weighted standard deviation")
    func spread() throws {
        let report = try #require(Self.report)
        let plain = PlainAudit(subject: Self.subject)
        for attribute in report.attributes {
            let groups = Self.groups(report).filter { $0.attribute == attribute.name }
            let values = groups.map { plain.value("rmse", $0.own) }
            let weights = groups.map { Double($0.own.count) }
            let sum = weights.reduce(0, +)
            let mean = zip(weights, values).map(*).reduce(0, +) / sum
            let variance = zip(weights, values).map { $0 * pow($1 - mean, 2) }.reduce(0, +) / sum
            let row = try #require(Self.row(report, attribute.name, "all", "rmse-spread"))
            #expect(abs(row.value - variance.squareRoot()) < 1e-9)
        }
    }

    @Test("exposure, its concentration and the accuracy of rare items equal plain computations")
    func items() throws {
        let report = try #require(Self.report)
        let plain = PlainAudit(subject: Self.subject)
        let exposure = plain.exposure()
        let all = exposure.reduce(0, +)
        func value(_ attribute: String, _ group: String, _ metric: String) throws -> Double {
            try #require(Self.row(report, attribute, group, metric), "\(group) \(metric)").value
        }
        let catalogue = Self.subject.catalogue.items
        for genre in ["Drama", "War", "Comedy", "Noir"] {
            let share = zip(catalogue, exposure).map { item, amount in
                item.genres.contains(genre) ? amount / Double(item.genres.count) : 0
            }.reduce(0, +)
            #expect(abs(try value("genre", genre, "exposure@10") - share / all) < 1e-9)
        }
        let eighties = zip(catalogue, exposure).filter { ($0.0.year ?? 0) / 10 == 198 }
        #expect(
            abs(
                try value("decade", "1980s", "exposure@10")
                    - eighties.map(\.1).reduce(0, +) / all) < 1e-9)
        let shown = Set(plain.users.flatMap(\.list))
        #expect(
            abs(try value("items", "all", "coverage@10") - Double(shown.count) / 200) < 1e-12)
        // Gini as the mean absolute difference of all pairs over twice the mean.
        let counts = (0..<200).map { item in
            Double(plain.users.count { $0.list.contains(ItemIndex(item)) })
        }
        let pairs = counts.flatMap { left in counts.map { abs(left - $0) } }.reduce(0, +)
        let gini = pairs / (2 * 200 * counts.reduce(0, +))
        #expect(abs(try value("items", "all", "gini@10") - gini) < 1e-9)
        let popularity = ItemGroups.popularity(Self.subject.train)
        for (code, label) in popularity.labels.enumerated() {
            let errors = plain.users.flatMap { user in
                zip(user.items, user.errors)
                    .filter { popularity.memberships[Int($0.0)][0].group == code }.map(\.1)
            }
            guard !errors.isEmpty else { continue }
            let squares = errors.map { $0 * $0 }.reduce(0, +) / Double(errors.count)
            #expect(
                abs(try value("popularity", label, "rmse") - squares.squareRoot()) < 1e-9)
        }
    }

    @Test("popularity parts the ratings in a fifth, three fifths and a fifth")
    func popularity() {
        let train = Self.subject.train
        let groups = ItemGroups.popularity(train)
        var ratings = [0, 0, 0, 0]
        var (least, most) = ([Int.max, .max, .max, .max], [0, 0, 0, 0])
        for item in 0..<train.itemCount {
            let count = train.byItem.range(ofRow: item).count
            let group = groups.memberships[item][0].group
            ratings[group] += count
            least[group] = min(least[group], count)
            most[group] = max(most[group], count)
        }
        let fifth = Double(train.count) / 5
        #expect(Double(ratings[0]) >= fifth && Double(ratings[0] - least[0]) < fifth)
        #expect(Double(ratings[2]) <= fifth && ratings[3] == 0)
        #expect(least[0] >= most[1] && least[1] >= most[2])
    }

    @Test("the same seed gives the same rows at one thread and two, another seed others")
    func reproducible() throws {
        let subject = GeneratedMeasures.make(60, seed: 2)
        func rows(_ seed: UInt64, threads: Int) -> [AuditRow]? {
            AuditReport(
                subject, crossing: [], options: AuditOptions(resamples: 50, seed: seed),
                threads: threads
            ) { _, _ in true }?.exactRows
        }
        #expect(rows(1, threads: 1) == rows(1, threads: 2))
        #expect(rows(1, threads: 2) != rows(2, threads: 2))
    }

    @Test("can be cancelled at any question")
    func cancelled() {
        let subject = GeneratedMeasures.make(40, seed: 2)
        for limit in stride(from: 0.0, to: 1, by: 0.07) {
            let report = AuditReport(
                subject, crossing: [], options: AuditOptions(resamples: 100), threads: 1
            ) { fraction, _ in fraction < limit }
            #expect(report == nil)
        }
    }

    @Test("what is published has counts in tens and no more decimals than the group's size allows")
    func published() throws {
        let report = try #require(Self.report)
        for row in report.rows where row.group != "all" && row.section == .rating {
            #expect(row.users % 10 == 0 && row.ratings % 10 == 0)
            #expect(row.value == RoundedCount.number(row.value, users: row.users))
        }
        #expect(RoundedCount.number(0.123456, users: 9) == 0.1)
        #expect(RoundedCount.number(0.123456, users: 10) == 0.12)
        #expect(RoundedCount.number(0.123456, users: 1709) == 0.1235)
        #expect(RoundedCount.of(1709) == 1710 && RoundedCount.of(14) == 10)
    }
}
