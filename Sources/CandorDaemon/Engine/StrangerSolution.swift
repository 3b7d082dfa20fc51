// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// What both heads of a generation make of somebody without ratings, solved once for all of them.
struct StrangerSolution {
    let rating: FoldIn
    let ranking: UserVector

    init(_ generation: Generation) {
        rating = generation.ratingHead.foldIn(.empty)
        ranking = generation.rankingHead.foldIn(.empty).vector
    }
}
