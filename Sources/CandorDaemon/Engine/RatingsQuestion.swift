// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// A question about what one user's ratings do to one head's scores: all that answering it needs.
struct RatingsQuestion: Sendable {
    let generation: Generation
    let user: ServedUser
    let head: HeadName

    /// The head that is asked about.
    var model: any ServableHead {
        switch head {
        case .ranking: generation.rankingHead
        case .rating: generation.ratingHead
        }
    }

    /// Why a search ended without an answer.
    static let cancelled = WireError(.cancelled, "the search was cancelled")

    /// An item's identifier and title.
    func names(of item: ItemIndex) -> [Value] {
        [.text(generation.items[item].id.token), .text(generation.items[item].title)]
    }

    /// Identifier, title and rating of what stands at a position of the profile.
    func rating(at position: Int) -> [Value] {
        names(of: ItemIndex(rawValue: user.profile.items[position]))
            + [.number(Double(user.profile.values[position]))]
    }

    /// The fields that every answer about an item begins with.
    func fields(about item: ItemIndex) -> [Reply.Field] {
        let names = names(of: item)
        return user.provenance(head: head) + [.init("item", names[0]), .init("title", names[1])]
    }
}
