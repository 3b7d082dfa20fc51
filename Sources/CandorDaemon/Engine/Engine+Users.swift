// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

extension Engine {
    /// The user called `token` with the ratings of this moment, solved.
    func servedUser(_ token: String) -> ServedUser {
        cache.user(token) {
            guard let id = UserID(token) else { return solved(.empty, isKnown: false) }
            let isChanged = overlay.hasChanges(of: id)
            let profile = serving.profile(of: id, with: overlay)
            return solved(
                profile, isKnown: isChanged || serving.users.index(of: id) != nil,
                isChanged: isChanged)
        }
    }

    private func solved(
        _ profile: Profile, isKnown: Bool, isChanged: Bool = false
    ) -> (user: ServedUser, rating: FoldIn) {
        let isStranger = profile.isEmpty && !isDescribed(profile)
        let rating = isStranger ? stranger.rating : serving.ratingHead.foldIn(profile)
        let ranking =
            profile.isEmpty ? stranger.ranking : serving.rankingHead.foldIn(profile).vector
        let user = ServedUser(
            source: profile.isEmpty ? .popular : isChanged ? .foldedIn : .personal,
            // Training has learned nothing of somebody without ratings, not even how noisy.
            isKnown: isKnown, profile: isStranger ? .empty : profile, rating: rating.vector,
            ranking: ranking, owner: isKnown ? ValidityOwner() : nil)
        return (user, rating)
    }

    /// The rating head's whole solve for `user`, who is called `token`.
    func ratingFoldIn(_ token: String, of user: ServedUser) -> FoldIn {
        guard !user.profile.isEmpty || isDescribed(user.profile) else { return stranger.rating }
        return cache.ratingFoldIn(token, of: user) { serving.ratingHead.foldIn(user.profile) }
    }

    /// Whether the rating head knows attributes of the user of `profile`.
    func isDescribed(_ profile: Profile) -> Bool {
        serving.attributedHead?.knownAttributes(of: profile).isEmpty == false
    }

    func item(_ token: String) throws(WireError) -> ItemIndex {
        guard let index = ItemID(token).flatMap(serving.items.index(of:)) else {
            throw WireError(
                .unknownItem,
                "no item has the identifier \(token); SEARCH finds items by their titles")
        }
        return index
    }

    func unknownUser(_ token: String) -> WireError {
        WireError(
            .unknownUser,
            "no user has the identifier \(token); RATE \(token) <item> <rating> would make one")
    }
}
