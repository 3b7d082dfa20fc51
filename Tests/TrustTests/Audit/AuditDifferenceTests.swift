// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Trust

@Suite("Audit difference")
struct AuditDifferenceTests {
    /// The same users with every error times a factor, larger in group 1 of `side`.
    private static func changed(
        _ subject: AuditSubject, by factor: Double, right: Double
    ) -> AuditSubject {
        let users = subject.measurements.users.map { user in
            let isRight = subject.attributes[0].codes[user.user.position] == 1
            let random = CounterRandom(seed: 99, stream: UInt64(user.user.position))
            return HeldOutUser(
                user: user.user, profileSize: user.profileSize, items: user.items,
                ratings: user.ratings,
                errors: user.errors.enumerated().map { place, error in
                    error * (isRight ? right : factor) * (0.9 + 0.2 * random.uniform(UInt64(place)))
                }, list: user.list, cutoff: 10, relevanceThreshold: 4)
        }
        return AuditSubject(
            HeldOutMeasurements(
                users: users, itemCount: subject.measurements.itemCount, cutoff: 10,
                relevanceThreshold: 4), train: subject.train, catalogue: subject.catalogue,
            attributes: subject.attributes, refusals: [], heads: [])
    }

    private static func difference(
        _ first: AuditSubject, _ second: AuditSubject, resamples: Int = 199
    ) throws -> AuditDifference {
        try #require(
            AuditDifference(
                first, second, options: AuditOptions(resamples: resamples, seed: 2), threads: 2
            ) { _ in true })
    }

    @Test("each number is that of either model, and the difference their difference")
    func values() throws {
        let first = GeneratedMeasures.make(120, seed: 3)
        let second = Self.changed(first, by: 1, right: 1.3)
        let difference = try Self.difference(first, second, resamples: 1999)
        let plain = [PlainAudit(subject: first), PlainAudit(subject: second)]
        for row in difference.exactRows where ["all", "side"].contains(row.attribute) {
            let values = plain.map { audit in
                let members = audit.users.filter { user in
                    let code = first.attributes[0].codes[user.user.position]
                    return row.group == "all" || first.attributes[0].groups[Int(code)] == row.group
                }
                return audit.value(row.metric.rawValue, members)
            }
            #expect(abs(row.first - values[0]) < 1e-9 && abs(row.second - values[1]) < 1e-9)
            #expect(row.low <= row.difference && row.difference <= row.high)
        }
        let right = try #require(
            difference.exactRows.first { $0.group == "right" && $0.metric == .rmse })
        #expect(right.isSignificant && right.low > 0.1)
    }

    @Test("models that differ by chance alone are told apart in about 5% of 100 seeds")
    func noise() throws {
        var flagged = 0
        for seed in 0..<100 {
            let first = GeneratedMeasures.make(80, seed: UInt64(300 + seed))
            let second = Self.changed(first, by: 1, right: 1)
            // Which of the two is first is a coin for every user, as chance would have it.
            let coin = CounterRandom(seed: UInt64(seed), stream: 5)
            func mixed(_ own: AuditSubject, _ other: AuditSubject) -> AuditSubject {
                let users = zip(own.measurements.users, other.measurements.users).enumerated()
                    .map { coin.bits(UInt64($0.offset)) & 1 == 0 ? $0.element.0 : $0.element.1 }
                return AuditSubject(
                    HeldOutMeasurements(
                        users: users, itemCount: own.measurements.itemCount, cutoff: 10,
                        relevanceThreshold: 4), train: own.train, catalogue: own.catalogue,
                    attributes: own.attributes, refusals: [], heads: [])
            }
            let rows = try Self.difference(mixed(first, second), mixed(second, first)).exactRows
            if rows.contains(where: { $0.family == .confirmatory && $0.isSignificant }) {
                flagged += 1
            }
        }
        // Binomial(100, .05) exceeds 12 once in 700.
        #expect(flagged <= 12, "\(flagged) of 100")
    }

    @Test("equal models do not differ, and small groups are not shown")
    func equal() throws {
        let subject = GeneratedMeasures.make(40, seed: 1)
        let difference = try Self.difference(subject, subject)
        #expect(difference.exactRows.allSatisfy { $0.difference == 0 && $0.p == 1 })
        let sizes = subject.attributes[1].groups.indices.map { group in
            subject.attributes[1].codes.count { $0 == Int32(group) }
        }
        for (group, hidden) in zip(
            subject.attributes[1].groups, Suppression.hidden(userCounts: sizes))
        {
            #expect(difference.exactRows.contains { $0.group == group } == !hidden)
        }
    }
}
