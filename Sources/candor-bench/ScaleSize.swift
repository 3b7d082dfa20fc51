// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A size of made-up data, in the shape of a known data set.
struct ScaleSize {
    let name: String
    let users: Int
    let items: Int
    let ratings: Int

    /// All sizes, smallest first: MovieLens 1M, 10M and 32M, and Netflix.
    static let all = [
        ScaleSize(name: "1M", users: 6_000, items: 3_900, ratings: 1_000_000),
        ScaleSize(name: "10M", users: 70_000, items: 10_700, ratings: 10_000_000),
        ScaleSize(name: "32M", users: 200_000, items: 84_000, ratings: 32_000_000),
        ScaleSize(name: "100M", users: 480_000, items: 18_000, ratings: 100_000_000),
    ]

    /// How to make it up.
    var options: SyntheticOptions {
        var options = SyntheticOptions()
        options.userCount = users
        options.itemCount = items
        options.ratingCount = ratings
        return options
    }
}
