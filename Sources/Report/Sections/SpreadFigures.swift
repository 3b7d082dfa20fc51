// SPDX-License-Identifier: GPL-3.0-or-later

/// Plots of how ratings spread over values, items, users and time.
struct SpreadFigures {
    private let facts: DataFacts
    private let periods: RatingPeriods
    private let source: NumberSource

    init(_ findings: ReportFindings) {
        facts = findings.facts
        periods = findings.periods
        source = findings.subject.dataSource
    }

    var ratings: ReportFigure {
        let numbers = facts.values.map { value in
            number(
                "rating.\(StarText.of(value.value))",
                Double(value.count) / Double(max(1, facts.ratingCount)), .percent(1),
                "part of ratings that are \(StarText.of(value.value)) stars")
        }
        let commonest = zip(facts.values, numbers).max { $0.1.value < $1.1.value }
        return ReportFigure(
            id: "ratings", title: "What people give",
            description: """
                Bars of how many ratings are of each value. The commonest is \
                \(commonest.map { "\(StarText.of($0.0.value)), \($0.1.text) of all" } ?? "none").
                """,
            caption: """
                People rate what they chose to watch, so ratings lean upwards: a prediction is \
                about things like those that were rated, not about everything.
                """,
            plot: ColumnPlot(
                measure: "part of all ratings", category: "stars",
                columns: zip(facts.values, numbers).map { value, number in
                    .init(name: StarText.of(value.value), value: number.value, label: number.text)
                }), numbers: numbers)
    }

    var longTail: ReportFigure {
        let marks = [1, 5, 10, 20, 50].map { hundredths in
            number(
                "top-\(hundredths)-percent", facts.share(ofMostRated: hundredths), .percent(1),
                "part of ratings on the most rated \(hundredths)% of items")
        }
        let line = facts.concentration.enumerated().map { (Double($0), $1) }
        return ReportFigure(
            id: "long-tail", title: "The long tail",
            description: """
                A curve of which part of all ratings the most rated items hold: the first tenth of \
                the items holds \(marks[2].text), half of them \(marks[4].text).
                """,
            caption: """
                The most rated tenth of the items has \(marks[2]) of the ratings, the most rated \
                fifth \(marks[3]). The dashed line is what equal shares would give.
                """,
            plot: LinePlot(
                across: PlotAxis(
                    name: "most rated items, % of the catalogue", scale: PlotScale(0, 100)),
                up: PlotAxis(
                    name: "part of all ratings", scale: PlotScale(0, 1), style: .percent(0)),
                series: [
                    .init(
                        name: "", points: [(0, 0), (100, 1)], ink: .quiet, isReference: true),
                    .init(name: "", points: line, ink: .first),
                ]), numbers: marks)
    }

    var activity: ReportFigure {
        let numbers = facts.activity.map { bin in
            ReportNumber(
                "data.activity.\(bin.range.lowerBound)", bin.users,
                "users with \(bin.range.lowerBound) to \(bin.range.upperBound) ratings", source)
        }
        return ReportFigure(
            id: "activity", title: "How much each user has rated",
            description: """
                Bars of how many users have how many ratings, in ranges that double. Half of the \
                users have \(NumberStyle.fixed(0).text(of: facts.perUser.median)) ratings or fewer; \
                the most active one has \(NumberStyle.count.text(of: Double(facts.perUser.largest))).
                """,
            caption: """
                Each bar's range is twice as wide as the one before. The median user has rated \
                \(number("per-user.median", facts.perUser.median, .fixed(1), "median ratings a user (of users with any)")) \
                items; whoever is measured by rating, and not by user, hears mostly of the most \
                active.
                """,
            plot: ColumnPlot(
                measure: "users", category: "ratings given, at least",
                columns: zip(facts.activity, numbers).map { bin, number in
                    .init(
                        name: NumberStyle.count.text(of: Double(bin.range.lowerBound)),
                        value: number.value, label: number.text)
                }), numbers: numbers)
    }

    var time: ReportFigure? {
        guard periods.periods.count >= 2, let first = periods.first, let last = periods.last else {
            return nil
        }
        let numbers = periods.periods.map { period in
            ReportNumber(
                "data.period.\(period.name)", period.count, "ratings given in \(period.name)",
                source)
        }
        let byMonth = periods.periods[0].month != nil
        let words = periods.periods.enumerated().compactMap { place, period in
            period.month == nil || period.month == 1 || place == 0
                ? (
                    place: Double(place),
                    text: byMonth && place == 0 && period.month != 1
                        ? period.name : "\(period.year)"
                ) : nil
        }
        let peak = zip(periods.periods, numbers).max { $0.1.value < $1.1.value }
        return ReportFigure(
            id: "time", title: "Ratings over time",
            description: """
                A line of ratings per \(byMonth ? "month" : "year") from \(first) to \(last). The \
                peak is \(peak.map { "\($0.0.name) with \($0.1.text)" } ?? "nowhere").
                """,
            caption: """
                \(number("one-day-users", periods.oneDayUsers, .percent(1), "part of users whose ratings all came within 24 hours")) \
                of the users gave all their ratings within a day. The more there are of them, the \
                more a split by time asks for users that nobody knew before.
                """,
            plot: LinePlot(
                across: PlotAxis(
                    name: byMonth ? "month" : "year",
                    scale: PlotScale(0, Double(periods.periods.count - 1)), words: words),
                up: PlotAxis(
                    name: "ratings per \(byMonth ? "month" : "year")",
                    scale: PlotScale(holding: [0] + numbers.map(\.value)), style: .count),
                series: [
                    .init(
                        name: "",
                        points: numbers.enumerated().map { (Double($0), $1.value) }, ink: .first)
                ]), numbers: numbers)
    }

    private func number(
        _ id: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber("data.\(id)", value, style, meaning, source)
    }
}
