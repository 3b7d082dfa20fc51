// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// A user as the next request meets them: ratings of this moment and the vectors solved from them.
struct ServedUser {
    /// Where the user's ratings come from.
    enum Source: String {
        /// The ratings the generation was trained on, unchanged.
        case personal
        /// Ratings that changed, or a user who came, since.
        case foldedIn = "folded-in"
        /// No ratings: answers are those of the average user.
        case popular
    }

    let source: Source
    /// Whether the identifier is that of a user of the data or of the journal.
    let isKnown: Bool
    let profile: Profile
    /// The rating head's exact solve on `profile`.
    let rating: UserVector
    /// The ranking head's exact solve on `profile`.
    let ranking: UserVector
    /// Has answers hold as long as the cache holds the user; nil for those it does not hold.
    ///
    /// That is until a rating or the generation changes, or the user is pushed out.
    let owner: ValidityOwner?

    /// That of answers about the user.
    var validity: Validity? { owner?.validity }
}
