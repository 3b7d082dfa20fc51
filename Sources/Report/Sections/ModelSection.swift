// SPDX-License-Identifier: GPL-3.0-or-later

/// The models and what they are worth beside simple ones, on later ratings.
struct ModelSection {
    private let findings: ReportFindings
    private let numbers: LaterNumbers

    init(_ findings: ReportFindings) {
        self.findings = findings
        numbers = LaterNumbers(findings)
    }

    var section: ReportSection {
        ReportSection(
            id: "models", title: "Models and baselines",
            blocks: [
                .paragraph(
                    """
                    Stars: \(findings.subject.ratingModel). Lists: \(findings.subject.rankingModel). \
                    In both the item side is frozen after training, and a user's vector is solved \
                    exactly from that user's ratings of the moment; that is why a new rating counts \
                    at once and a score is a sum over the user's own ratings.
                    """),
                .table(options), .heading("Predicting later ratings"),
            ] + laterBlocks)
    }

    private var options: ReportTable {
        ReportTable(
            "The models that serve, and their options.",
            columns: [.texts("option"), .texts("value")],
            rows: findings.subject.options.map { ["\(code: $0.name)", Prose(text: $0.value)] })
    }

    private var laterBlocks: [ReportBlock] {
        guard let later = findings.later, let test = later.parts.last else {
            return [
                .note(
                    "The ratings have no times, so that there is no earlier and later to measure.")
            ]
        }
        return [
            .paragraph(introduction(later)),
            .figures([bars(later, test), warmCold(later, test)]), .table(table(later)),
            .paragraph(reading(later, test)),
        ]
    }

    private func introduction(_ later: LaterFindings) -> Prose {
        var text: Prose = """
            The honest question in time: learn from the first 70% of all ratings (\
            \(ReportNumber("later.train.ratings", later.trainCount, "ratings of the first 70% by time", findings.subject.dataSource)) \
            of them), predict the next 15% and the last 15%, and learn nothing in between. Who is \
            new can only be told what is expected of anybody:
            """
        for part in later.parts {
            text =
                text + """
                     \(share(part)) of the \(part.name) ratings are by users without an earlier one\
                    \(part == later.parts.last ? "." : ",")
                    """
        }
        return text
    }

    private func share(_ part: LaterFindings.Part) -> ReportNumber {
        ReportNumber(
            "later.\(part.name).cold-user-share",
            Double(part.coldUserRatings) / Double(max(1, part.ratings)), .percent(1),
            "part of \(part.name) ratings by users without an earlier one", numbers.source(part))
    }

    private func bars(_ later: LaterFindings, _ test: LaterFindings.Part) -> ReportFigure {
        let bars = numbers.variants.map { model, timed in
            (model, timed, numbers.rmse(model, test, timed: timed, .all))
        }
        let worst = bars.max { $0.2.value < $1.2.value }
        let best = bars.min { $0.2.value < $1.2.value }
        return ReportFigure(
            id: "later-rmse", title: "RMSE on the last 15% by time",
            description: """
                Bars of RMSE by model, from zero; shorter is better. Best is \
                \(best.map { "\(numbers.title($0.0, timed: $0.1)) with \($0.2.text)" } ?? "none"), \
                worst \(worst.map { "\(numbers.title($0.0, timed: $0.1)) with \($0.2.text)" } ?? "none").
                """,
            caption: """
                From zero, lower is better. A truncated SVD of the matrix with gaps as zeros \
                predicts zeros: that is what it really scores as a rating model, though it is often \
                published as one.
                """,
            plot: BarPlot(
                measure: "RMSE, stars",
                bars: bars.map { model, timed, number in
                    .init(
                        name: numbers.title(model, timed: timed), value: number.value,
                        label: number.text, ink: model.isServed ? .first : .quiet)
                }), numbers: bars.map(\.2))
    }

    private func warmCold(_ later: LaterFindings, _ test: LaterFindings.Part) -> ReportFigure {
        let shown = numbers.variants.filter { $0.model.id != "svd-zero" }
        let rows = shown.map { model, timed in
            (
                numbers.title(model, timed: timed),
                [LaterNumbers.Group.warmUsers, .coldUsers].map {
                    numbers.rmse(model, test, timed: timed, $0)
                }
            )
        }
        return ReportFigure(
            id: "warm-cold", title: "Known and unknown users, last 15% by time",
            description: """
                For each model a dot for ratings by users known before and one for users not known: \
                \(rows.map { "\($0.0) \($0.1[0].text) and \($0.1[1].text)" }.joined(separator: "; ")).
                """,
            caption: """
                For users not known before, any model can only say what it expects of anybody. The \
                zero-filled SVD is left out: it would squeeze the rest.
                """,
            plot: BarPlot(
                measure: "RMSE, stars",
                bars: rows.flatMap { title, pair in
                    [
                        .init(
                            name: "\(title): known users", value: pair[0].value,
                            label: pair[0].text, ink: .first),
                        .init(
                            name: "\(title): unknown users", value: pair[1].value,
                            label: pair[1].text, ink: .second),
                    ] as [BarPlot.Bar]
                }), numbers: rows.flatMap(\.1))
    }

    private func table(_ later: LaterFindings) -> ReportTable {
        var columns: [ReportTable.Column] = [.texts("model")]
        for part in later.parts {
            columns.append(.numbers(part.name))
            columns.append(.numbers("\(part.name), known users"))
            columns.append(.numbers("\(part.name), unknown users"))
        }
        return ReportTable(
            """
            RMSE on later ratings. The user is known when the first 70% has a rating by that user. \
            Told the time means told when the rating to be predicted was given.
            """,
            columns: columns,
            rows: numbers.variants.map { model, timed in
                [Prose(text: numbers.title(model, timed: timed))]
                    + later.parts.flatMap { part in
                        LaterNumbers.Group.allCases.map { group in
                            "\(numbers.rmse(model, part, timed: timed, group))" as Prose
                        }
                    }
            })
    }

    private func reading(_ later: LaterFindings, _ test: LaterFindings.Part) -> Prose {
        guard let mean = later.models.first, let served = later.models.last(where: \.isServed),
            let biases = later.models.first(where: { $0.id == "biases" })
        else { return "" }
        return """
            The mean of all ratings scores \(numbers.rmse(mean, later.parts[0], timed: false, .all)) \
            and \(numbers.rmse(mean, test, timed: false, .all)), damped biases \
            \(numbers.rmse(biases, later.parts[0], timed: false, .all)) and \
            \(numbers.rmse(biases, test, timed: false, .all)), the served model \
            \(numbers.rmse(served, later.parts[0], timed: false, .all)) and \
            \(numbers.rmse(served, test, timed: false, .all)) on validation and test. For users \
            known before, the test figures are \
            \(numbers.rmse(biases, test, timed: false, .warmUsers)) for biases and \
            \(numbers.rmse(served, test, timed: false, .warmUsers)) for the served model.
            """
    }
}
