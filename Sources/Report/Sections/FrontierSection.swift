// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// What calibrated lists gain and cost, strength by strength.
struct FrontierSection {
    private let found: FrontierFindings
    private let source: NumberSource

    /// Nil where no frontier was measured.
    init?(_ findings: ReportFindings) {
        guard let found = findings.frontier, let held = findings.heldOut,
            found.frontier.points.allSatisfy({ $0.figure(.ndcg) != nil })
        else { return nil }
        self.found = found
        source = NumberSource(
            name: "calibrated lists on a fifth of every user's ratings",
            data: findings.subject.dataHash, model: held.modelHash, split: held.splitHash)
    }

    var section: ReportSection {
        ReportSection(
            id: "mitigation", title: "What could be done about it: calibrated lists",
            blocks: [
                .paragraph(
                    """
                    A list can be made to have the genres in the proportions in which somebody liked \
                    them (Steck 2018): strength 0 leaves it as it is, 1 looks at nothing but the \
                    proportions. RECOMMEND does it where \(code: "calibrated") says how much, and \
                    nothing does it unasked. What it gains and costs, on the held-out ratings of \
                    \(number("users", Double(found.users), .count, "users measured")) users with \
                    \(number("resamples", Double(found.resamples), .count, "bootstrap samples of users")) \
                    bootstrap samples of them:
                    """),
                .figures([frontier, groups]), .table(table), .note(reading),
            ])
    }

    private var points: [FrontierPoint] { found.frontier.points }

    private var frontier: ReportFigure {
        let path = points.compactMap { point -> (x: Double, y: Double)? in
            guard let x = point.figure(.ndcg)?.level.value,
                let y = point.figure(.miscalibration)?.level.value, x.isFinite, y.isFinite
            else { return nil }
            return (x, y)
        }
        return ReportFigure(
            id: "frontier", title: "Accuracy and calibration",
            description: """
                A path of \(points.count) points from no mitigation to the strongest: nDCG@10 across, \
                miscalibration up. It begins at \(text(path.first)) and ends at \(text(path.last)).
                """,
            caption: """
                Each point is a strength, from none on the right. Down is closer to what people liked, \
                left is fewer hits: how steep the path is says what calibration costs.
                """,
            plot: LinePlot(
                across: PlotAxis(
                    name: "nDCG@10", scale: PlotScale(holding: path.map(\.x), ticks: 4),
                    wishedTicks: 4),
                up: PlotAxis(
                    name: "miscalibration", scale: PlotScale(holding: path.map(\.y), ticks: 5)),
                series: [LinePlot.Series(name: "", points: path, ink: .first, isMarked: true)]),
            numbers: points.flatMap { point in
                [.ndcg, .miscalibration].flatMap { level(point, $0) }
            })
    }

    private var groups: ReportFigure {
        let rows = points.dropFirst().compactMap { point -> IntervalPlot.Row? in
            guard let change = point.figure(.worstNDCG)?.change, change.value.isFinite else {
                return nil
            }
            return IntervalPlot.Row(
                name: "strength \(strength(point))", value: change.value,
                interval: change.low...change.high, isNotable: change.high < 0)
        }
        return ReportFigure(
            id: "frontier-worst", title: "Those served worst",
            description: """
                For each strength how the nDCG@10 of the \(found.attribute) group that plain lists \
                serve worst changes, with an interval. \
                \(rows.count(where: \.isNotable)) of \(rows.count) are certainly losses.
                """,
            caption: """
                How nDCG@10 changes for the group of \(found.attribute) that is served worst without \
                mitigation. Left of the line it loses; a gap that closes by that is not fairness but \
                levelling down.
                """,
            plot: IntervalPlot(
                measure: "change of nDCG@10", groups: [.init(name: "", rows: rows)],
                reference: (0, "no change"), decimals: 3),
            numbers: points.dropFirst().flatMap { change($0, .worstNDCG) })
    }

    private static let columns: [(measure: FrontierMeasure, title: String, style: NumberStyle)] = [
        (.ndcg, "nDCG@10", .fixed(4)), (.miscalibration, "miscalibration", .fixed(3)),
        (.ndcgGap, "gap in nDCG", .fixed(4)), (.worstNDCG, "worst group's nDCG", .fixed(4)),
        (.gini, "Gini of exposure", .fixed(3)), (.tailShare, "tail's share", .percent(1)),
    ]

    private var table: ReportTable {
        ReportTable(
            "Each strength, and what would become of it.",
            columns: [.texts("strength"), .texts("verdict")]
                + Self.columns.map { .numbers($0.title) },
            rows: points.map { point in
                [Prose(text: strength(point)), Prose(text: verdict(point))]
                    + Self.columns.map { column in
                        point.figure(column.measure).map {
                            "\(value(point, column.measure, $0.level.value, column.style))"
                        } ?? "–"
                    }
            })
    }

    private var reading: Prose {
        let plain = points.first
        let verdicts: [(FrontierMeasure, String)] = [
            (.leakage, "leakage"), (.scoreGap, "score parity"), (.rmseGap, "accuracy parity"),
        ]
        let levels = verdicts.compactMap { measure, name -> Prose? in
            guard let point = plain, let figure = point.figure(measure) else { return nil }
            return "\(name) \(value(point, measure, figure.level.value, .fixed(3)))"
        }
        let list = levels.dropFirst().reduce(levels.first ?? "") { $0 + ", " + $1 }
        return """
            Another order of a list changes nothing about what user vectors give away or how stars \
            differ between groups of \(found.attribute) (\(list)): these are three different things, \
            and closing one leaves the others. \(code: "AUDIT FRONTIER") measures the mitigations \
            that train anew. A strength is refused when it gains nothing, costs more than 2% of nDCG, \
            or closes a gap by making the worst off worse off.
            """
    }

    private func verdict(_ point: FrontierPoint) -> String {
        switch point.status {
        case .plain: "no mitigation"
        case .chosen: "best that is allowed"
        case .allowed: "allowed"
        case .noGain: "refused: no gain"
        case .levellingDown: "refused: levels down"
        case .cost: "refused: costs too much"
        }
    }

    private func strength(_ point: FrontierPoint) -> String {
        NumberStyle.fixed(2).text(of: point.strength)
    }

    private func text(_ point: (x: Double, y: Double)?) -> String {
        guard let point else { return "nothing" }
        let style = NumberStyle.fixed(3)
        return "\(style.text(of: point.x)) and \(style.text(of: point.y))"
    }

    private func level(_ point: FrontierPoint, _ measure: FrontierMeasure) -> [ReportNumber] {
        guard let estimate = point.figure(measure)?.level else { return [] }
        return ends(point, measure, "", estimate)
    }

    private func change(_ point: FrontierPoint, _ measure: FrontierMeasure) -> [ReportNumber] {
        guard let estimate = point.figure(measure)?.change else { return [] }
        return ends(point, measure, ".change", estimate)
    }

    private func ends(
        _ point: FrontierPoint, _ measure: FrontierMeasure, _ kind: String,
        _ estimate: FrontierPoint.Estimate
    ) -> [ReportNumber] {
        [("", estimate.value), (".low", estimate.low), (".high", estimate.high)].map { end, value in
            number(
                "\(strength(point)).\(measure.rawValue)\(kind)\(end)", value, .fixed(4),
                "\(measure.rawValue)\(kind)\(end) at strength \(strength(point))")
        }
    }

    private func value(
        _ point: FrontierPoint, _ measure: FrontierMeasure, _ value: Double, _ style: NumberStyle
    ) -> ReportNumber {
        number(
            "\(strength(point)).\(measure.rawValue)", value, style,
            "\(measure.rawValue) at strength \(strength(point))")
    }

    private func number(
        _ name: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber("frontier.\(name)", value, style, meaning, source)
    }
}
