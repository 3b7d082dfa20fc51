// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Trust

/// What the models are worth on a part of every user's ratings, and how far their words hold.
struct HeldOutSection {
    private let findings: ReportFindings
    private let held: HeldOutFindings
    private let source: NumberSource

    /// Nil where nothing was held out.
    init?(_ findings: ReportFindings) {
        guard let held = findings.heldOut else { return nil }
        self.findings = findings
        self.held = held
        source = NumberSource(
            name: "a fifth of every user's ratings", data: findings.subject.dataHash,
            model: held.modelHash, split: held.splitHash)
    }

    var section: ReportSection {
        ReportSection(
            id: "held-out", title: "Known users: stars, intervals and lists",
            blocks: [
                .paragraph(
                    """
                    Here a fifth of every user's ratings, drawn at random, is held out (\
                    \(ReportNumber("held.ratings", held.testCount, "ratings held out of every user", source)) \
                    ratings), and models learn from the rest. That is kinder than a split by time: \
                    every user is known, and what is predicted may lie before what was learned. It \
                    is what the audit below works on, and most published figures are of this kind.
                    """),
                .heading("Stars"),
                .figures([ratingBars, calibration] + [coverage].compactMap { $0 }),
                .table(ratingTable), .heading("Lists of ten"), .figures([listBars]),
                .table(listTable), .paragraph(reading),
            ])
    }

    /// What a reader in a hurry should know of it.
    var cards: [ReportCard] {
        var cards: [ReportCard] = []
        if let served = held.ratings.last,
            let biases = held.ratings.first(where: { $0.id == "biases" })
        {
            cards.append(
                ReportCard(
                    number: rmse(served), label: "RMSE for known users",
                    remark: "damped biases: \(rmse(biases))"))
        }
        if let served = held.lists.last, let popular = held.lists.first {
            cards.append(
                ReportCard(
                    number: list(served, "ndcg", served.ndcg), label: "nDCG@10 of lists",
                    remark: "the most rated items: \(list(popular, "ndcg", popular.ndcg))"))
        }
        if let eighty = coverageNumbers.first(where: { $0.level == 0.8 }) {
            cards.append(
                ReportCard(
                    number: eighty.number, label: "of ratings in their 80% interval",
                    remark: "80% is what was promised"))
        }
        return cards
    }

    // MARK: Stars

    private func rmse(_ row: RatingQualityRow) -> ReportNumber { star(row, "rmse", row.rmse) }

    private func star(_ row: RatingQualityRow, _ name: String, _ value: Double) -> ReportNumber {
        ReportNumber(
            "held.\(name).\(row.id)", value, .fixed(4),
            "\(name) on a fifth of every user's ratings: \(row.title)", source.of(model: row.hash))
    }

    private var ratingBars: ReportFigure {
        let bars = held.ratings.map { ($0, rmse($0)) }
        return ReportFigure(
            id: "held-rmse", title: "RMSE for known users",
            description: """
                Bars of RMSE by model, from zero: \
                \(bars.map { "\($0.0.title) \($0.1.text)" }.joined(separator: "; ")).
                """,
            caption: "From zero; lower is better.",
            plot: BarPlot(
                measure: "RMSE, stars",
                bars: bars.map { row, number in
                    .init(
                        name: row.title, value: number.value, label: number.text,
                        ink: row.isServed ? .first : .quiet)
                }), numbers: bars.map(\.1))
    }

    private var ratingTable: ReportTable {
        ReportTable(
            "Stars for known users. The bias is the mean of prediction less rating.",
            columns: [.texts("model"), .numbers("RMSE"), .numbers("MAE"), .numbers("bias")],
            rows: held.ratings.map { row in
                [
                    Prose(text: row.title), "\(rmse(row))", "\(star(row, "mae", row.mae))",
                    "\(star(row, "bias", row.bias))",
                ]
            })
    }

    private var calibration: ReportFigure {
        let bins = held.calibration.bins
        let numbers = bins.enumerated().flatMap { place, bin in
            [
                ReportNumber(
                    "held.calibration.\(place + 1).predicted", bin.predicted, .fixed(3),
                    "mean prediction in bin \(place + 1)", source),
                ReportNumber(
                    "held.calibration.\(place + 1).actual", bin.actual, .fixed(3),
                    "mean rating where the prediction was in bin \(place + 1)", source),
            ]
        }
        let largest = ReportNumber(
            "held.calibration.largest-error", held.calibration.largestError, .fixed(3),
            "largest difference of mean prediction and mean rating over bins", source)
        let ends = [findings.subject.data.scale.minimum, findings.subject.data.scale.maximum]
            .map { Double($0) }
        let scale = PlotScale(ends[0], ends[1])
        return ReportFigure(
            id: "calibration", title: "Do predicted stars mean stars?",
            description: """
                A line of the mean rating over the mean prediction, beside the diagonal where both \
                are equal. They differ by at most \(largest.text) stars.
                """,
            caption: """
                Predictions in steps of a sixteenth of the scale, and what was rated there in the \
                mean; on the dashed line both are equal. Steps with fewer than \
                \(String(CalibrationCurve.countMin)) predictions are left out. The largest \
                difference is \(largest) stars.
                """,
            plot: LinePlot(
                across: PlotAxis(name: "predicted stars", scale: scale),
                up: PlotAxis(name: "mean rating", scale: scale),
                series: [
                    .init(
                        name: "", points: [(ends[0], ends[0]), (ends[1], ends[1])], ink: .quiet,
                        isReference: true),
                    .init(
                        name: "", points: bins.map { ($0.predicted, $0.actual) }, ink: .first,
                        isMarked: true),
                ]), numbers: numbers + [largest])
    }

    private var coverageNumbers: [(level: Double, number: ReportNumber)] {
        guard let coverage = held.coverage else { return [] }
        return zip(CoverageCurve.levels, coverage.shares).map { level, share in
            (
                level,
                ReportNumber(
                    "held.coverage.\(NumberStyle.fixed(0).text(of: 100 * level))", share,
                    .percent(1),
                    "part of held-out ratings in their \(NumberStyle.percent(0).text(of: level)) interval",
                    source)
            )
        }
    }

    private var coverage: ReportFigure? {
        let points = coverageNumbers
        guard let eighty = points.first(where: { $0.level == 0.8 }) else { return nil }
        return ReportFigure(
            id: "coverage", title: "Do intervals hold what they promise?",
            description: """
                A line of the part of held-out ratings inside intervals, over what the intervals \
                promise, beside the diagonal. The 80% interval holds \(eighty.number.text).
                """,
            caption: """
                PREDICT gives an 80% interval; it held \(eighty.number) of the held-out ratings. \
                Above the dashed line intervals are wider than need be, below it too narrow. Ratings \
                are whole steps and intervals are not, which shows in the narrow ones.
                """,
            plot: LinePlot(
                across: PlotAxis(name: "promised", scale: PlotScale(0, 1), style: .percent(0)),
                up: PlotAxis(name: "held", scale: PlotScale(0, 1), style: .percent(0)),
                series: [
                    .init(name: "", points: [(0, 0), (1, 1)], ink: .quiet, isReference: true),
                    .init(
                        name: "", points: points.map { ($0.level, $0.number.value) }, ink: .first,
                        isMarked: true),
                ]), numbers: points.map(\.number))
    }

    // MARK: Lists

    private func list(_ row: ListQualityRow, _ name: String, _ value: Double) -> ReportNumber {
        ReportNumber(
            "held.lists.\(name).\(row.id)", value, .fixed(3),
            "\(name) of lists of ten: \(row.title)",
            source.of(model: row.hash))
    }

    private var listBars: ReportFigure {
        let bars = held.lists.map { ($0, list($0, "ndcg", $0.ndcg)) }
        return ReportFigure(
            id: "held-ndcg", title: "nDCG@10 for known users",
            description: """
                Bars of nDCG@10 by what made the list: \
                \(bars.map { "\($0.0.title) \($0.1.text)" }.joined(separator: "; ")).
                """,
            caption: """
                Higher is better; 1 would be a list of nothing but held-out items that were liked. \
                Items that a user would like but never rated count as misses, so that no one gets \
                near it.
                """,
            plot: BarPlot(
                measure: "nDCG@10, whole catalogue",
                bars: bars.map { row, number in
                    .init(
                        name: row.title, value: number.value, label: number.text,
                        ink: row.isServed ? .first : .quiet)
                }), numbers: bars.map(\.1))
    }

    private var listTable: ReportTable {
        ReportTable(
            """
            Lists of ten over the whole catalogue. Coverage is the part of the catalogue that \
            anybody is shown; the Gini coefficient says how unequally items are shown.
            """,
            columns: [
                .texts("list by"), .numbers("nDCG@10"), .numbers("recall@10"),
                .numbers("precision@10"), .numbers("coverage"), .numbers("Gini"),
            ],
            rows: held.lists.map { row in
                [
                    Prose(text: row.title), "\(list(row, "ndcg", row.ndcg))",
                    "\(list(row, "recall", row.recall))",
                    "\(list(row, "precision", row.precision))",
                    "\(list(row, "coverage", row.coverage))", "\(list(row, "gini", row.gini))",
                ]
            })
    }

    private var reading: Prose {
        guard let stars = held.lists.first(where: { $0.id == "stars" }),
            let served = held.lists.last
        else { return "" }
        return """
            Ordering by predicted stars, as is often done, reaches \(list(stars, "ndcg", stars.ndcg)) \
            where the ranking model reaches \(list(served, "ndcg", served.ndcg)): the highest \
            predictions are of items that few people rated, and those few chose them. It is offered \
            (\(code: "RECOMMEND rank=rating")) with a word of caution.
            """
    }
}
