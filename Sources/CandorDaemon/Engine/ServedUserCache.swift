// SPDX-License-Identifier: GPL-3.0-or-later

/// Solved users of one generation, so that unchanged ratings are not solved again.
///
/// Holds at most `capacity` users; when full it starts afresh, which costs each user one solve
/// per `capacity` others and needs no bookkeeping on the hot path.
struct ServedUserCache {
    /// About 4 KB a user of 165 ratings: at most some 32 MB.
    private static let capacity = 8192
    private var users: [String: ServedUser] = [:]

    /// The user called `token`, solved by `solve` unless held already.
    mutating func user(_ token: String, solve: () -> ServedUser) -> ServedUser {
        if let held = users[token] { return held }
        let solved = solve()
        // Unknown identifiers are not held: a client could fill the cache with inventions.
        guard solved.isKnown else { return solved }
        if users.count >= Self.capacity { users.removeAll(keepingCapacity: true) }
        users[token] = solved
        return solved
    }

    /// Forgets one user, whose ratings have changed.
    mutating func invalidate(_ token: String) { users[token] = nil }

    /// Forgets everyone: another generation serves.
    mutating func invalidateAll() { users.removeAll(keepingCapacity: true) }
}
