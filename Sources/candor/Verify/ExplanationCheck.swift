// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Compares an explanation with a replay of its score.
struct ExplanationCheck {
    /// One promise and how well it was kept.
    struct Finding: Equatable {
        /// The promise's name.
        let name: String
        /// What was compared.
        let text: String
        /// The largest difference.
        let difference: Double

        /// Whether the promise is kept.
        var isKept: Bool { difference <= ExplanationCheck.tolerance }
    }

    /// What sums and effects may be off by.
    static let tolerance = 1e-9

    /// SUM, SHARES and DELETE, in that order.
    let findings: [Finding]

    /// Whether every promise is kept.
    var isConfirmed: Bool { findings.allSatisfy(\.isKept) }

    /// Replays every line of `explanation`, a reply to EXPLAIN.
    init(_ explanation: ReceivedReply, _ replay: some Replay) throws(VerificationError) {
        let lines = try Self.lines(explanation)
        guard let score = explanation["score"].flatMap(Double.init) else {
            throw .incomplete("score")
        }
        let shares = try replay.shares()
        let all = Array(replay.items.indices)
        let replayed = try replay.score(all)
        let adjustment = try replay.adjustment(all)
        var places: [String: Int] = [:]
        for (place, item) in replay.items.enumerated() { places[item] = place }
        var listed: Set<Int> = []
        var (shareDifference, effectDifference, base) = (0.0, 0.0, replayed - adjustment)
        var effects = 0
        for share in shares { base -= share }
        let attributes = try replay.attributes()
        for (_, amount) in attributes { base -= amount }
        shareDifference = try Self.difference(of: lines, from: attributes)
        for line in lines where line.kind == "share" {
            guard let place = line.item.flatMap({ places[$0] }), let effect = line.effect else {
                throw .incomplete("rating of \(line.item ?? "a line")")
            }
            listed.insert(place)
            shareDifference = max(shareDifference, (shares[place] - line.share).magnitude)
            let without = try replay.score(all.filter { $0 != place })
            effectDifference = max(effectDifference, (without - replayed - effect).magnitude)
            effects += 1
        }
        for line in lines where line.kind == "rest" {
            guard let effect = line.effect else { throw .incomplete("effect of the rest") }
            let rest = all.filter { !listed.contains($0) }
            let sum = rest.reduce(0) { $0 + shares[$1] }
            shareDifference = max(shareDifference, (sum - line.share).magnitude)
            let without = try replay.score(all.filter(listed.contains))
            effectDifference = max(effectDifference, (without - replayed - effect).magnitude)
            effects += 1
        }
        for (kind, replayed) in [("base", base), ("adjustment", adjustment)] {
            let told = lines.filter { $0.kind == kind }.reduce(0) { $0 + $1.share }
            shareDifference = max(shareDifference, (replayed - told).magnitude)
        }
        let sum = lines.reduce(0) { $0 + $1.share }
        findings = [
            Finding(
                name: "SUM",
                text: "\(lines.count) lines add up to \(sum); served \(score), "
                    + "replayed \(replayed)",
                difference: max((sum - score).magnitude, (replayed - score).magnitude)),
            Finding(
                name: "SHARES", text: "\(listed.count) of \(shares.count) ratings, base and rest",
                difference: shareDifference),
            Finding(
                name: "DELETE", text: "\(effects) effects, each by solving again without the line",
                difference: effectDifference),
        ]
    }

    /// The largest difference between an attribute's line and what is replayed of it.
    private static func difference(
        of lines: [Line], from attributes: [String: Double]
    ) throws(VerificationError) -> Double {
        let told = lines.filter { $0.kind == "attribute" }
        guard told.count == attributes.count else { throw .incomplete("lines of attributes") }
        var largest = 0.0
        for line in told {
            guard let amount = line.title.flatMap({ attributes[$0] }) else {
                throw .incomplete("attribute \(line.title ?? "of a line")")
            }
            largest = max(largest, (amount - line.share).magnitude)
        }
        return largest
    }

    private struct Line {
        let kind: String
        let item: String?
        let title: String?
        let share: Double
        let effect: Double?
    }

    private static func lines(_ reply: ReceivedReply) throws(VerificationError) -> [Line] {
        guard let kind = reply.columns.firstIndex(of: "line"),
            let item = reply.columns.firstIndex(of: "item"),
            let title = reply.columns.firstIndex(of: "title"),
            let share = reply.columns.firstIndex(of: "share"),
            let effect = reply.columns.firstIndex(of: "effect")
        else { throw .incomplete("columns of EXPLAIN") }
        var lines: [Line] = []
        for row in reply.rows {
            guard let name = row[kind], let amount = row[share].flatMap(Double.init) else {
                throw .incomplete("share of a line")
            }
            lines.append(
                Line(
                    kind: name, item: row[item], title: row[title], share: amount,
                    effect: row[effect].flatMap(Double.init)))
        }
        return lines
    }
}
