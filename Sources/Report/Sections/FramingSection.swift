// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What problem is solved, for whom, and what would count as success.
struct FramingSection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    var section: ReportSection {
        let scale = findings.subject.data.scale
        return ReportSection(
            id: "framing", title: "The problem",
            blocks: [
                .paragraph(
                    """
                    People have rated a few items out of many. Two questions are asked of these \
                    ratings, and they are different: how many stars \(strong: "would this user give") \
                    this item (PREDICT), and which few items \(strong: "should this user be shown") \
                    (RECOMMEND). A model that is best at the one is poor at the other, so each has a \
                    model of its own, and every answer says which one spoke.
                    """),
                .list([
                    """
                    \(strong: "Stars") are judged by the root of the mean squared error (RMSE) on \
                    ratings held out, on a scale from \(StarText.of(scale.minimum)) to \
                    \(StarText.of(scale.maximum)): lower is better. It weighs a miss of two stars \
                    four times a miss of one.
                    """,
                    """
                    \(strong: "Lists") are judged by how many of the held-out items rated \
                    \(StarText.of(scale.relevanceThreshold)) or more stand among the first ten, and \
                    how high (nDCG@10): higher is better. All items that the user had not rated are \
                    candidates, not a sample of them.
                    """,
                    """
                    \(strong: "Intervals") are judged by whether they hold as many ratings as they \
                    promise; \(strong: "explanations") by whether their lines add up to the score \
                    that was served.
                    """,
                ]),
                .paragraph(
                    """
                    What it is not: ratings come from people who chose what to watch and to rate, so \
                    nothing here says what a random person would think of a random item, or what a \
                    list does to people who follow it. That takes an experiment, not a data set.
                    """),
            ])
    }
}
