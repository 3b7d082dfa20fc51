// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

/// Solved users of one generation, so that unchanged ratings are not solved again.
///
/// The factors, which intervals and explanations need, are kept apart: they take several times what
/// all else does, and lists do without them.
struct ServedUserCache {
    /// Some ten thousand users of 165 ratings.
    private static let userBytes = 64 << 20
    /// Some two thousand users of a head of 8 samples and 31 factors.
    private static let foldInBytes = 64 << 20
    /// Some nine hundred users of a ranking head of 80 factors.
    private static let explainedBytes = 96 << 20
    /// What a user takes beside ratings and vectors.
    private static let entryBytes = 300

    /// That of answers that depend on no user's ratings.
    var validity: Validity { owner.validity }
    private var owner = ValidityOwner()
    private var users = RecentCache<ServedUser>(byteBudget: userBytes)
    private var foldIns = RecentCache<FoldIn>(byteBudget: foldInBytes)
    private var explained = RecentCache<SolvedProfile>(byteBudget: explainedBytes)

    /// The user called `token`, solved by `solve` unless held already.
    mutating func user(
        _ token: String, solve: () -> (user: ServedUser, rating: FoldIn)
    ) -> ServedUser {
        if let held = users.value(token) { return held }
        let solved = solve()
        // Unknown identifiers are not held: a client could fill the cache with inventions.
        guard solved.user.isKnown else { return solved.user }
        users.insert(solved.user, token, byteCount: Self.byteCount(of: solved.user))
        foldIns.insert(solved.rating, token, byteCount: solved.rating.byteCount)
        return solved.user
    }

    /// The rating head's solve for the user called `token`, made by `solve` unless held already.
    mutating func ratingFoldIn(
        _ token: String, of user: ServedUser, solve: () -> FoldIn
    ) -> FoldIn {
        if let held = foldIns.value(token) { return held }
        let solved = solve()
        if user.isKnown { foldIns.insert(solved, token, byteCount: solved.byteCount) }
        return solved
    }

    /// What explanations by `head` for the user called `token` need, if it is held.
    mutating func explained(_ token: String, by head: HeadName) -> SolvedProfile? {
        explained.value(Self.name(token, head))
    }

    /// Holds what explanations by `head` for the user called `token` need.
    mutating func hold(_ solved: SolvedProfile, _ token: String, by head: HeadName) {
        // The ranking head factors once more for one rating less.
        let factors = (head == .ranking ? 2 : 1) * solved.foldIn.byteCount
        explained.insert(
            solved, Self.name(token, head),
            byteCount: Self.entryBytes + factors + 64 * solved.profile.count)
    }

    private static func name(_ token: String, _ head: HeadName) -> String {
        head.rawValue + " " + token
    }

    /// Forgets one user, whose ratings have changed.
    mutating func invalidate(_ token: String) {
        users.remove(token)
        foldIns.remove(token)
        for head in HeadName.allCases { explained.remove(Self.name(token, head)) }
    }

    /// Forgets everyone: another generation serves.
    mutating func invalidateAll() {
        owner = ValidityOwner()
        users.removeAll()
        foldIns.removeAll()
        explained.removeAll()
    }

    private static func byteCount(of user: ServedUser) -> Int {
        entryBytes + 16 * user.profile.count
            + 8 * (user.rating.dimensions + user.ranking.dimensions)
    }
}
