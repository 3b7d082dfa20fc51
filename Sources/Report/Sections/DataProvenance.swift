// SPDX-License-Identifier: GPL-3.0-or-later

/// What is publicly known of where a data set comes from.
struct DataProvenance {
    let motivation: String
    let collection: String
    let distribution: String

    /// What is known of the data set called `name`.
    static func of(_ name: String, isSynthetic: Bool) -> DataProvenance {
        if isSynthetic { return synthetic }
        guard name.hasPrefix("ml-") else { return unknown }
        return DataProvenance(
            motivation:
                "Made by GroupLens at the University of Minnesota for research on recommenders "
                + "(Harper & Konstan 2015).",
            collection: movieLens[name]
                ?? "Ratings given on movielens.org by its members; see the data set's README.",
            distribution:
                "Free for research, not to be redistributed without permission: this program "
                + "contains none of it. Widely used, so that models may be fitted to it by years of "
                + "publication.")
    }

    private static let movieLens = [
        "ml-1m":
            "Members who joined MovieLens in 2000 and rated at least 20 films; gender, age and "
            + "occupation are what they said of themselves, unchecked. Everybody with less is "
            + "missing, so that nothing here is about occasional visitors.",
        "ml-100k":
            "Members of MovieLens from September 1997 to April 1998 with at least 20 ratings and "
            + "complete answers about gender, age and occupation.",
        "ml-latest-small":
            "A sample of members of MovieLens with at least 20 ratings; nothing else is known of "
            + "them.",
    ]

    private static let synthetic = DataProvenance(
        motivation:
            "Made up by a program, with taste groups and a planted gap, so that it is known what "
            + "an audit must find.",
        collection: "Drawn from a model: nobody was asked.",
        distribution: "Free; it says nothing about people.")

    private static let unknown = DataProvenance(
        motivation: "Not known to this program: whoever brought the data should say.",
        collection:
            "Not known to this program. Ask: who was asked, who is missing, and did they agree to "
            + "this use?",
        distribution: "Not known to this program: see the terms that the data came with.")
}
