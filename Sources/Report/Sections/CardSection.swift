// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The model card, the data sheet and the main parameters, for whoever has to answer for the service.
struct CardSection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    var section: ReportSection {
        ReportSection(
            id: "cards", title: "Model card, data sheet, main parameters",
            blocks: [
                .heading("Model card"), .definitions(modelCard), .heading("Data sheet"),
                .definitions(dataSheet), .heading("Main parameters of the recommendations"),
                .paragraph(
                    """
                    What the Digital Services Act (EU 2022/2065, article 27) asks a platform to say \
                    in plain language: what decides which items are shown, why, and what a user can \
                    do about it. Most important first.
                    """), .table(parameters),
            ])
    }

    /// After Mitchell et al., "Model Cards for Model Reporting", 2019.
    private var modelCard: [(term: String, meaning: Prose)] {
        let subject = findings.subject
        return [
            (
                "Model details",
                """
                \(subject.ratingModel) for stars; \(subject.rankingModel) for lists. Trained by \
                \(subject.server) \(subject.created.map { "on \($0)" } ?? "") with seed \
                \(String(subject.seed)); \(code: subject.factorHash). Licence of the program: \
                GPL-3.0-or-later.
                """
            ),
            (
                "Intended use",
                """
                Suggesting items of this catalogue to people who rate them, and telling them why; \
                comparing recommenders; teaching. Operators and researchers are its users.
                """
            ),
            (
                "Not intended",
                """
                Decisions about people: credit, work, health, prices. Guessing who somebody is from \
                ratings. Catalogues or people unlike those in the data, without measuring again.
                """
            ),
            (
                "Factors",
                Prose(text: factors)
            ),
            (
                "Metrics",
                """
                RMSE and MAE of stars; nDCG@10, recall and precision of lists over the whole \
                catalogue; coverage of intervals; errors of explanations. Defined in the \
                \(link: "glossary", to: "glossary").
                """
            ),
            (
                "Evaluation and training data",
                """
                Both are \(subject.data.name): see \(link: "the data", to: "data"). Figures come from \
                models trained again without the ratings that they are measured on; what serves was \
                trained on all of them.
                """
            ),
            (
                "Quantitative analyses",
                """
                \(link: "Models and baselines", to: "models"), and by group of users in the audit \
                where the data has groups.
                """
            ),
            (
                "Ethical considerations",
                """
                Ratings say much about the person who gave them. The daemon keeps them on one \
                machine, this page shows nobody's, and groups of under ten users are left out \
                everywhere. \(attributes)
                """
            ),
            ("Caveats", "See \(link: "what this cannot tell", to: "limits")."),
        ]
    }

    /// What attributes of users are read for.
    private var attributes: String {
        let inputs = findings.subject.inputs
        guard !inputs.isEmpty else {
            return "Attributes of users are read for audits alone; scores never see them, though "
                + "ratings can give them away."
        }
        return "The operator has made attributes of users inputs of the rating model, which is not "
            + "the default: \(inputs.joined(separator: ", ")). Users of few ratings are predicted "
            + "better by it, and as members of their groups."
    }

    private var factors: String {
        let names = findings.subject.data.users.attributes.map(\.name)
        let groups =
            names.isEmpty ? "the data has no groups of users" : names.joined(separator: ", ")
        return
            "How much a user has rated, whether the user was known before, how popular items are; "
            + "groups of users: \(groups)."
    }

    /// After Gebru et al., "Datasheets for Datasets", 2021.
    private var dataSheet: [(term: String, meaning: Prose)] {
        let data = findings.subject.data
        let known = DataProvenance.of(data.name, isSynthetic: data.isSynthetic)
        return [
            ("Motivation", Prose(text: known.motivation)),
            (
                "Composition",
                """
                \(ReportNumber("data.ratings", findings.facts.ratingCount, "ratings", findings.subject.dataSource)) \
                ratings of items by users, with times where known; titles, genres and years of items; \
                \(data.users.attributes.isEmpty ? "nothing else about users" : "of users " + data.users.attributes.map(\.name).joined(separator: ", ")). \
                See the \(link: "data dictionary", to: "data").
                """
            ),
            ("Collection", Prose(text: known.collection)),
            (
                "Preprocessing",
                """
                Of several ratings of one item by one user the latest counts. Zip codes are never \
                read. Identifiers stay as they are. Nothing is sampled, balanced or imputed. Ratings \
                given to this daemon since are part of it from the next retrain on.
                """
            ),
            ("Uses and distribution", Prose(text: known.distribution)),
            (
                "Maintenance",
                """
                A generation is an immutable copy of the data it was trained on, \
                \(code: findings.subject.dataHash). Ratings can be changed and taken back at any \
                time; they count at once in that user's answers.
                """
            ),
        ]
    }

    /// What attributes of users do to what is shown.
    private var traits: String {
        let inputs = findings.subject.inputs.joined(separator: ", ")
        guard !inputs.isEmpty else {
            return "Nothing: attributes of users, clicks, place and device are not inputs."
        }
        return findings.subject.areInputsOfLists
            ? "Of what you have told, \(inputs): what people of your groups like beyond others "
                + "counts the more the less you have rated. Clicks, place and device: nothing."
            : "Nothing in lists. Predicted stars are moved by what you have told of \(inputs). "
                + "Clicks, place and device are not inputs."
    }

    private var parameters: ReportTable {
        let rows: [[Prose]] = [
            [
                "your own ratings",
                """
                What you rated high pulls similar items up; low ratings count little for lists and \
                much for stars. Every rating's part in a score is in EXPLAIN.
                """,
                "rate, change or take back a rating: RATE, UNRATE; it counts at once",
            ],
            [
                "what others rated",
                """
                Which items are similar is learned from everybody's ratings together: items are \
                alike when the same people rated them alike.
                """, "nothing directly",
            ],
            [
                "how often an item is rated",
                """
                Items with more ratings are known better and tend to stand higher. Somebody without \
                ratings gets the most rated items.
                """, "\(code: "RECOMMEND rank=rating") orders by predicted stars instead",
            ],
            [
                "all of the above",
                """
                Lists are made for one person from that person's ratings, which the Act calls \
                profiling.
                """, "\(code: "RECOMMEND profile=none") gives a list that uses nothing of yours",
            ],
            [
                "what you have rated already", "It is left out of lists.",
                "take the rating back: UNRATE",
            ],
            [
                "time",
                """
                Lists do not depend on when you rated. A prediction of stars does where it is told a \
                time.
                """, "leave \(code: "at=") out",
            ],
            [
                "who you are",
                Prose(text: traits), "–",
            ],
            [
                "payment, promotion", "Nothing: no item can be bought a place.", "–",
            ],
        ]
        return ReportTable(
            "What decides which items are shown.",
            columns: [.texts("parameter"), .texts("what it does"), .texts("what you can do")],
            rows: rows)
    }
}
