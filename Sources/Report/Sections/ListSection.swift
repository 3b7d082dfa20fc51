// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Lists to look at: what made-up tastes are shown, and whether that makes sense.
struct ListSection {
    private let findings: ReportFindings
    private let examples: [ExampleLists.Example]

    init(_ findings: ReportFindings) {
        self.findings = findings
        examples = findings.lists?.examples ?? []
    }

    var section: ReportSection? {
        guard !examples.isEmpty else { return nil }
        return ReportSection(
            id: "lists", title: "Lists to look at",
            blocks: [
                .paragraph(
                    """
                    Figures do not say whether a list makes sense. These are for \
                    \(strong: "made-up tastes"), so that nobody's taste is shown to whoever reads \
                    this: somebody new who gave the highest rating to the eight most rated items of \
                    one genre, and rated nothing else. What follows is what RECOMMEND would answer, \
                    and what in the score weighs most.
                    """)
            ] + examples.flatMap(blocks) + [.table(check)])
    }

    private func blocks(_ example: ExampleLists.Example) -> [ReportBlock] {
        let items = findings.subject.data.items
        let rated = example.rated.map { items[$0].title }.joined(separator: " · ")
        return [
            .heading("Somebody who likes \(example.genre)"),
            .paragraph("Rated highest: \(rated)."),
            .table(
                ReportTable(
                    "The ten best of what is left, for a taste for \(example.genre).",
                    columns: [
                        .numbers("#"), .texts("item"), .texts("genres"), .numbers("stars"),
                        .numbers("popularity rank"), .texts("mostly because of"),
                    ],
                    rows: example.list.enumerated().map { place, entry in
                        row(example.genre, place, entry)
                    })),
        ]
    }

    private func row(_ genre: String, _ place: Int, _ entry: ExampleLists.Entry) -> [Prose] {
        let items = findings.subject.data.items
        let name = "\(genre).\(place + 1)"
        let reason: Prose =
            if let reason = entry.reason {
                """
                \(items[reason].title) (\(number("\(name).reason", entry.reasonPart, .percent(0), "part of the score that the strongest rating adds")))
                """
            } else {
                "–"
            }
        return [
            Prose(text: "\(place + 1)"), Prose(text: items[entry.item].title),
            Prose(text: items[entry.item].genres.joined(separator: ", ")),
            "\(number("\(name).stars", entry.stars, .fixed(1), "predicted stars of item \(place + 1) for a taste for \(genre)"))",
            "\(number("\(name).popularity-rank", Double(entry.popularityRank), .count, "popularity rank of item \(place + 1) for a taste for \(genre)"))",
            reason,
        ]
    }

    /// The qualitative check in figures: whether the list follows the taste or only popularity.
    private var check: ReportTable {
        let items = findings.subject.data.items
        let popular = findings.genres
        return ReportTable(
            """
            A check: how many of the ten are of the genre that was liked, beside that genre's part \
            of all ratings, and how popular the ten are. A list that follows the taste has far more \
            of it than ratings at large; one that only follows popularity has small ranks.
            """,
            columns: [
                .texts("taste"), .numbers("of the ten"), .numbers("of all ratings"),
                .numbers("median popularity rank"),
            ],
            rows: examples.map { example in
                let own = example.list.count { items[$0.item].genres.contains(example.genre) }
                let ranks = example.list.map(\.popularityRank)
                let share = popular.genres.first { $0.name == example.genre }?.share ?? .nan
                return [
                    Prose(text: example.genre),
                    "\(number("\(example.genre).of-genre", Double(own), .count, "items of the genre in the list for \(example.genre)"))",
                    "\(number("\(example.genre).share", share, .percent(1), "part of all ratings that goes to \(example.genre)"))",
                    "\(number("\(example.genre).median-rank", CountSummary(ranks).median, .fixed(1), "median popularity rank in the list for \(example.genre)"))",
                ]
            })
    }

    private func number(
        _ name: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber("lists.\(name)", value, style, meaning, findings.subject.servedSource)
    }
}
