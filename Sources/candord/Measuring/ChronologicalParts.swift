// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// The first 70% of all ratings by time to learn from, the next 15% and the last 15% to measure on.
struct ChronologicalParts {
    let train: RatingMatrix
    /// `validation` and `test`, in the order of time.
    let later: [(name: String, matrix: RatingMatrix)]

    init(_ dataset: Dataset) {
        let matrices = Split.chronological(dataset.ratings).map {
            RatingMatrix($0, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
        train = matrices[0]
        later = [("validation", matrices[1]), ("test", matrices[2])]
    }
}
