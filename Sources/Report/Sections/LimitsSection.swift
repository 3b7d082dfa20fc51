// SPDX-License-Identifier: GPL-3.0-or-later

/// What was not good, and what none of this can tell.
struct LimitsSection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    var section: ReportSection {
        ReportSection(
            id: "limits", title: "Negative results, and what this cannot tell",
            blocks: [.heading("What did not work"), .list(negative)]
                + [.heading("What this cannot tell"), .list(limits)])
    }

    private var negative: [Prose] { later + heldOut }

    private var later: [Prose] {
        let numbers = LaterNumbers(findings)
        guard let later = numbers.later, let part = later.parts.last,
            let zero = later.models.first(where: { $0.id == "svd-zero" }),
            let mean = later.models.first,
            let biases = later.models.first(where: { $0.id == "biases" }),
            let served = later.models.last(where: \.isServed)
        else { return [] }
        let servedFigure = numbers.rmse(served, part, timed: false, .coldUsers)
        let biasesFigure = numbers.rmse(biases, part, timed: false, .coldUsers)
        let verdict =
            servedFigure.value < biasesFigure.value
            ? "the served model is better for them, but by little"
            : "the served model is not better"
        return [
            """
            The truncated SVD of the matrix with gaps as zeros, often shown as a rating model, has \
            an RMSE of \(numbers.rmse(zero, part, timed: false, .all)) on later ratings: worse than \
            always saying the mean (\(numbers.rmse(mean, part, timed: false, .all))).
            """,
            """
            For users without an earlier rating factors can do nothing: damped biases \
            \(biasesFigure), the served model \(servedFigure); \(verdict).
            """,
        ]
    }

    private var heldOut: [Prose] {
        guard let held = findings.heldOut, let served = held.lists.last,
            let popular = held.lists.first
        else { return [] }
        let source = NumberSource(
            name: "a fifth of every user's ratings", data: findings.subject.dataHash,
            model: held.modelHash, split: held.splitHash)
        let gini = { (row: ListQualityRow) in
            ReportNumber(
                "held.lists.gini.\(row.id)", row.gini, .fixed(3),
                "gini of lists of ten: \(row.title)", source.of(model: row.hash))
        }
        return [
            """
            Lists remain concentrated: a Gini coefficient of \(gini(served)) (the most rated items for \
            everybody: \(gini(popular))). Better lists by nDCG do not by themselves show more of the \
            catalogue.
            """
        ]
    }

    private var limits: [Prose] {
        [
            """
            Ratings are not missing at random: people rate what they chose. Errors here are about \
            such items; for the rest nobody knows.
            """,
            """
            Offline lists are judged by what people rated anyway. A good suggestion that nobody had \
            tried counts as a miss, and a list's effect on what people do next is not in the data.
            """,
            """
            One split each, one seed: intervals hold the noise of users, not that of another split \
            or another training.
            """,
            """
            A fifth of every user's ratings at random lets a model learn from the future of what it \
            predicts. The split by time does not, but asks mostly for unknown users.
            """,
            """
            Gaps between groups are differences, not effects: groups differ in how much and what \
            they rate. A gap that is not shown is not shown to be zero. Groups that the data does \
            not name cannot be audited.
            """,
            """
            The map of genres and years holds little of their variance, and says nothing about taste.
            """,
            """
            The hashes show that numbers belong to this data and these models; they do not show that \
            the data is true.
            """,
        ]
    }
}
