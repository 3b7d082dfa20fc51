// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

extension Engine {
    /// The list that everybody gets who wants none made from a profile: nothing of a user is looked
    /// at, so that rated items are in it too.
    func recommendUnprofiled(count: Int, rank: HeadName) -> Reply {
        let vector = stranger.rating.vector
        let chosen: [ScoredItem]
        let order: String
        switch rank {
        case .ranking:
            chosen = serving.popularity.select(count: count, excluding: .empty)
            order = "number of ratings of each item, highest first; ties by catalogue order"
        case .rating:
            chosen = TopK.select(serving.ratingHead, vector, count: count, excluding: .empty)
            order = "stars predicted for somebody unknown, highest first; ties by catalogue order"
        }
        let fields: [Reply.Field] = [
            .init("source", .text("no-profile")), .init("head", .text(rank.rawValue)),
            .init("excluded", .integer(0)), .init("sorted_by", .text(order)),
        ]
        return list(
            chosen, of: count, stars: vector, fields + (rank == .rating ? cautions(rank) : []))
    }
}
