// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The data: what it is, how much of it there is, and how it spreads.
struct DataSection {
    private let findings: ReportFindings
    private let facts: DataFacts
    private let source: NumberSource

    init(_ findings: ReportFindings) {
        self.findings = findings
        facts = findings.facts
        source = findings.subject.dataSource
    }

    var section: ReportSection {
        ReportSection(
            id: "data", title: "The data",
            blocks: [.paragraph(introduction), .table(dictionary), .heading("How it spreads")]
                + [.figures(figures), .table(sizes)])
    }

    private var introduction: Prose {
        """
        \(count("ratings", facts.ratingCount, "ratings")) ratings by \
        \(count("users.rated", facts.ratedUserCount, "users with a rating")) users of \
        \(count("items.rated", facts.ratedItemCount, "items with a rating")) items: of all pairs of \
        a user and an item \(number("density", facts.density, .percent(2), "part of all pairs of a user and an item that is rated")) \
        are rated, and everything else has to be inferred. The mean rating is \
        \(number("mean", facts.mean, .fixed(4), "mean rating")), the standard deviation \
        \(number("deviation", facts.deviation, .fixed(4), "standard deviation of ratings")) stars: \
        what a model is off by that always says the mean.
        """
    }

    private var dictionary: ReportTable {
        let data = findings.subject.data
        let scale = "\(shown(data.scale.minimum)) to \(shown(data.scale.maximum))"
        var rows: [[Prose]] = [
            ["user", "who rated; an opaque token", "\(String(data.users.count)) users", "none"],
            [
                "item", "what was rated; an opaque token", "\(String(data.items.count)) items",
                "none",
            ],
            ["rating", "stars given", "\(scale)", "what is not rated is unknown, not bad"],
            ["time", "when the rating was given, UTC", Prose(text: times), Prose(text: untimed)],
            ["title", "the item's title, as the data has it", "text", "the token stands in"],
            [
                "genres", "kinds an item is of, several or none",
                "\(String(findings.genres.genres.count)) genres",
                "\(String(data.items.items.count { $0.genres.isEmpty })) items",
            ],
            [
                "year", "the item's year, from its title or a column", Prose(text: years),
                "\(String(data.items.items.count { $0.year == nil })) items",
            ],
        ]
        let inputs = findings.subject.inputs
        rows += data.users.attributes.map { attribute in
            [
                Prose(text: attribute.name),
                inputs.contains(attribute.name)
                    ? "a user's group; \(strong: "an input of the rating model") and for audits"
                    : "a user's group; \(strong: "for audits only"), never an input of a score",
                "\(String(attribute.categories.count)) groups",
                "\(String(attribute.codes.count { $0 < 0 })) users",
            ]
        }
        return ReportTable(
            "The data dictionary. Of several ratings of one item by one user the latest counts.",
            columns: [.texts("field"), .texts("what it is"), .texts("values"), .texts("missing")],
            rows: rows)
    }

    private var times: String {
        guard let first = findings.periods.first, let last = findings.periods.last else {
            return "none"
        }
        return "\(first) to \(last)"
    }

    private var untimed: String {
        let unknown = findings.subject.data.matrix.timestamps.count { $0 == 0 }
        return unknown == 0 ? "none" : "\(unknown) ratings"
    }

    private var years: String {
        let years = findings.subject.data.items.items.compactMap(\.year)
        guard let first = years.min(), let last = years.max() else { return "none" }
        return "\(first) to \(last)"
    }

    private var figures: [ReportFigure] {
        let spread = SpreadFigures(findings)
        return [spread.ratings, spread.longTail, spread.activity, spread.time].compactMap { $0 }
            + ContentFigures(findings).figures
    }

    private var sizes: ReportTable {
        let rows: [(String, String, CountSummary)] = [
            ("per-user", "ratings a user (of users with any)", facts.perUser),
            ("per-item", "ratings an item (of all items)", facts.perItem),
        ]
        return ReportTable(
            """
            Sparsity in figures. A Gini coefficient of 0 means that all have as many, of 1 that one \
            has them all. \(count("items.rare", facts.rareItemCount, "items with under five ratings")) \
            items have under five ratings.
            """,
            columns: [
                .texts(""), .numbers("fewest"), .numbers("median"), .numbers("mean"),
                .numbers("most"), .numbers("Gini"),
            ],
            rows: rows.map { id, name, summary in
                [
                    Prose(text: name),
                    "\(count("\(id).fewest", summary.smallest, "fewest \(name)"))",
                    "\(number("\(id).median", summary.median, .fixed(1), "median \(name)"))",
                    "\(number("\(id).mean", summary.mean, .fixed(1), "mean \(name)"))",
                    "\(count("\(id).most", summary.largest, "most \(name)"))",
                    "\(number("\(id).gini", summary.gini, .fixed(3), "Gini coefficient of \(name)"))",
                ]
            })
    }

    private func count(_ id: String, _ count: Int, _ meaning: String) -> ReportNumber {
        ReportNumber("data.\(id)", count, meaning, source)
    }

    private func number(
        _ id: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber("data.\(id)", value, style, meaning, source)
    }

    private func shown(_ rating: Float) -> String { StarText.of(rating) }
}
