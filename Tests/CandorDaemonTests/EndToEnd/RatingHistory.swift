// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What is known from outside of one user's ratings.
struct RatingHistory: Sendable {
    /// The user, whom nobody else rates for.
    let user: String
    /// The last acknowledged rating of each item.
    private(set) var settled: [Int: Int] = [:]
    /// Ratings that were sent since, oldest first: each may have been kept or not.
    private var open: [(item: Int, rating: Int)] = []

    init(user: String) { self.user = user }

    /// A rating is about to be sent.
    mutating func send(_ item: Int, _ rating: Int) { open.append((item, rating)) }

    /// The oldest open rating was acknowledged.
    mutating func acknowledge() {
        let (item, rating) = open.removeFirst()
        settled[item] = rating
    }

    /// Whether all that was sent was acknowledged.
    var isSettled: Bool { open.isEmpty }

    /// Expects the daemon's history of the user to be one that these ratings can have left, and
    /// takes it over.
    ///
    /// A connection's ratings are applied in order, so exactly a prefix of the open ones is there.
    mutating func settle(with client: RawClient, round: Int) throws {
        let answer = try client.ask("SHOW user \(user) limit=1000")
        var found: [Int: Int] = [:]
        for row in answer.rows {
            let item = try #require(Int(row[0]))
            let rating = try #require(Double(row[2]))
            #expect(found.updateValue(Int(rating), forKey: item) == nil, "\(item) is listed twice")
            #expect(rating == rating.rounded())
        }
        var possible = settled
        var isPossible = possible == found
        for (item, rating) in open where !isPossible {
            possible[item] = rating
            isPossible = possible == found
        }
        #expect(
            isPossible,
            "round \(round): \(user) has \(found), acknowledged \(settled), sent \(open)")
        settled = found
        open = []
    }
}
