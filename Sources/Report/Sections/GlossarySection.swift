// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of the page.
enum GlossarySection {
    static let section = ReportSection(
        id: "glossary", title: "Glossary", blocks: [.definitions(terms)])

    private static let terms: [(term: String, meaning: Prose)] = [
        (
            "Bias, damped",
            """
            How much above or below the mean a user rates, or an item is rated, drawn towards zero \
            where there are few ratings. As a figure of a model, bias is the mean of prediction less \
            rating.
            """
        ),
        (
            "Bootstrap",
            """
            Drawing users with replacement, again and again, and looking how much a figure moves: \
            its 95% interval is where it lies in 95% of the draws.
            """
        ),
        (
            "Cold, warm",
            "Cold is a user or an item without a rating to learn from; warm one with ratings."
        ),
        (
            "Coverage",
            """
            Of intervals: the part of ratings that lie in them. Of lists: the part of the catalogue \
            that anybody is shown.
            """
        ),
        (
            "Effect and share",
            """
            A share is what a rating adds to a score. An effect is what the score would change by if \
            the rating were deleted and the user solved again.
            """
        ),
        (
            "Fold-in",
            "Solving a user's vector from that user's ratings while items stay as trained."
        ),
        (
            "Generation",
            "Data and models as they were trained together; it never changes, a retrain makes the next."
        ),
        (
            "Gini coefficient",
            "How unequally something is shared out: 0 equally, near 1 one has it all."
        ),
        ("Head", "One of the two models of a generation: rating (stars) or ranking (lists)."),
        (
            "Held out",
            "Ratings that a model was not shown when it learned, kept to measure it on."
        ),
        (
            "Leakage",
            """
            How well somebody who sees a user's vector guesses which group the user belongs to: 0.5 \
            is guessing, 1 is knowing.
            """
        ),
        (
            "Levelling down",
            "Closing a gap between groups by making the better-served worse off, or everybody."
        ),
        ("MAE", "Mean absolute error: how many stars a prediction is off in the mean."),
        (
            "nDCG@10",
            """
            Normalised discounted cumulative gain: hits among the first ten, the higher the more they \
            count, over the best that was possible (Järvelin & Kekäläinen 2002). Hits are held-out \
            items that the user liked.
            """
        ),
        (
            "Miscalibration",
            """
            How far a list's genres are from those that the user liked (Kullback–Leibler divergence, \
            Steck 2018): 0 when the list mirrors them.
            """
        ),
        (
            "p, adjusted",
            """
            How often chance alone gives as large a difference; adjusted for how many were looked at \
            (Holm 1979; Benjamini & Hochberg 1995).
            """
        ),
        ("Precision, recall", "Hits of ten shown; hits of all that could have been hit."),
        (
            "RMSE",
            """
            Root of the mean squared error: like MAE, but large misses count more. A constant \
            prediction has the standard deviation of the ratings at best.
            """
        ),
        (
            "Truncated SVD",
            """
            The best approximation of a matrix by a product of two narrow ones (here with 50 \
            columns). It needs a full matrix, so that something has to stand in the gaps; what that \
            is decides what it is worth.
            """
        ),
    ]
}
