// SPDX-License-Identifier: GPL-3.0-or-later

/// The user attributes and categories of MovieLens, which readers and the generator share.
///
/// Categories are those of the README of MovieLens 1M, in its order.
public enum Demographics {
    /// The categories of the attribute `gender`.
    public static let genders = ["F", "M"]

    /// The categories of the attribute `age`, youngest first.
    public static let ageBrackets = [
        "Under 18", "18-24", "25-34", "35-44", "45-49", "50-55", "56+",
    ]

    /// The number that MovieLens 1M writes for each of `ageBrackets`.
    public static let ageCodes = [1, 18, 25, 35, 45, 50, 56]

    /// The categories of the attribute `occupation`; their positions are MovieLens 1M's numbers.
    public static let occupations = [
        "other or not specified", "academic/educator", "artist", "clerical/admin",
        "college/grad student", "customer service", "doctor/health care", "executive/managerial",
        "farmer", "homemaker", "K-12 student", "lawyer", "programmer", "retired",
        "sales/marketing", "scientist", "self-employed", "technician/engineer",
        "tradesman/craftsman", "unemployed", "writer",
    ]

    /// The categories of all three attributes.
    static let allCategories = [genders, ageBrackets, occupations]

    /// The genres of MovieLens 1M.
    public static let genres = [
        "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
        "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi",
        "Thriller", "War", "Western",
    ]

    /// The position in `ageBrackets` of an age in years.
    ///
    /// Each of `ageCodes` falls into its own bracket.
    public static func ageBracket(years: Int) -> Int {
        ageCodes.lastIndex { $0 <= years } ?? 0
    }
}
