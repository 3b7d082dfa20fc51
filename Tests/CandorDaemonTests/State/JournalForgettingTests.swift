// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import CandorDaemon

@Suite("Forgetting in the journal")
struct JournalForgettingTests {
    private static let token = "zq-distinctive-4711"
    private let scratch: ScratchDirectory
    private var path: String { scratch.file("journal.sqlite") }

    init() throws { scratch = try ScratchDirectory() }

    /// `count` changes of which every third is the distinctive user's.
    private func changes(_ count: Int) throws -> [RatingChange] {
        try (0..<count).map { place in
            let user = place % 3 == 0 ? Self.token : "user\(place % 50)"
            let rating: Float? = place % 5 == 4 ? nil : 3
            return try RatingChange.sample(
                user, "item\(place % 7)", rating, at: Int64(place + 1))
        }
    }

    private func holdsToken() throws -> Bool {
        try scratch.names(".").filter { $0.hasPrefix("journal.sqlite") }.contains {
            let bytes = try scratch.bytes($0)
            return bytes.firstRange(of: Array(Self.token.utf8)) != nil
        }
    }

    @Test("leaves no byte of the user in any file, and everybody else's entries as they were")
    func bytes() throws {
        let user = try #require(UserID(Self.token))
        let journal = try Journal.open(path)
        let all = try changes(3_000)
        for start in stride(from: 0, to: all.count, by: 100) {
            _ = try journal.append(Array(all[start..<start + 100]))
            if start == 1_500 { try journal.checkpoint() }
        }
        #expect(try holdsToken())
        let before = try journal.entries(after: 0)
        let begun = try journal.beginForgetting(user)
        #expect(begun.erasedCount == 1_000)
        #expect(begun.journalSequence == 3_000)
        #expect(try journal.unfinishedForgetting().users == [user])
        try journal.finishForgetting()
        #expect(try !holdsToken())
        #expect(try !journal.unfinishedForgetting().isAny)
        #expect(try journal.entries(after: 0) == before.filter { $0.change.user != user })
        #expect(try journal.entries(of: user, upTo: 3_000).isEmpty)
        #expect(journal.count == 3_000)
        #expect(try journal.append([.sample(Self.token, "item1", 4)]) == 3_001..<3_002)
        #expect(try journal.entries(of: user, upTo: .max).map(\.sequence) == [3_001])
    }

    @Test("is remembered by a journal that was closed half-way, and can be finished then")
    func interrupted() throws {
        let user = try #require(UserID(Self.token))
        do {
            let journal = try Journal.open(path)
            _ = try journal.append(try changes(30))
            _ = try journal.beginForgetting(user)
        }
        let reopened = try Journal.open(path)
        #expect(try reopened.entries(after: 0).count == 20)
        #expect(try reopened.unfinishedForgetting().users == [user])
        try reopened.finishForgetting()
        #expect(try !holdsToken())
    }

    @Test(
        "what is left of an entry is proved like any other: blank rows are no way to hide ratings")
    func damage() throws {
        _ = try Journal.open(path).append(try changes(30))
        let database = try Database(path: path, creating: false)
        try database.execute(
            """
            UPDATE change SET user = '', item = '', rating = NULL, timestamp = 0, recorded_at = 0
            WHERE sequence = 7
            """)
        #expect(throws: JournalError.self) { try Journal.open(path).entries(after: 0) }
    }

    @Test("finds the user in every spelling that is the same identifier")
    func spellings() throws {
        let journal = try Journal.open(path)
        _ = try journal.append([
            .sample("caf\u{E9}", "a", 3), .sample("cafe\u{301}", "b", 4), .sample("cafe", "c", 5),
        ])
        let user = try #require(UserID("cafe\u{301}"))
        let begun = try journal.beginForgetting(user)
        #expect(begun.erasedCount == 2)
        try journal.finishForgetting()
        #expect(try journal.entries(after: 0).map(\.change.item.token) == ["c"])
    }
}
