// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings

/// The journal's open database and statements; confined to the lock of its `Journal`.
final class JournalConnection {
    let path: String
    private(set) var lastSequence: Int64
    /// Whether the log may hold remains of a change that was never acknowledged, so that nothing may
    /// be added before it is emptied.
    private(set) var hasOldLog = false
    let database: Database
    private let insertion: Statement
    private let page: Statement

    /// Takes over an open, checked database.
    init(_ database: Database, path: String, lastSequence: Int64) throws(DatabaseError) {
        self.database = database
        self.path = path
        self.lastSequence = lastSequence
        insertion = try database.prepare(JournalSchema.insertion)
        page = try database.prepare(JournalSchema.page)
    }

    /// Writes `changes` in one transaction; durable on return, and nothing is kept on a throw.
    func append(_ changes: [RatingChange]) throws(JournalError) -> Range<Int64> {
        let first = lastSequence + 1
        guard !changes.isEmpty else { return first..<first }
        let recordedAt = Int64(time(nil))
        try transaction("write") { () throws(DatabaseError) in
            defer { insertion.reset() }
            for (offset, change) in changes.enumerated() {
                try insert(
                    JournalEntry(
                        sequence: first + Int64(offset), change: change,
                        recordedAtSeconds: recordedAt))
            }
        }
        lastSequence += Int64(changes.count)
        return first..<(lastSequence + 1)
    }

    private func insert(_ entry: JournalEntry) throws(DatabaseError) {
        insertion.reset()
        try insertion.bind(entry.sequence, at: 1)
        try insertion.bind(entry.change.user.token, at: 2)
        try insertion.bind(entry.change.item.token, at: 3)
        try insertion.bind(entry.change.rating.map(Double.init), at: 4)
        try insertion.bind(entry.change.timestampSeconds, at: 5)
        try insertion.bind(entry.recordedAtSeconds, at: 6)
        try insertion.bind(entry.checksum, at: 7)
        _ = try insertion.step()
    }

    /// Runs `body` in one transaction; durable on return, and nothing is kept on a throw.
    func transaction<Result>(
        _ operation: String, _ body: () throws(DatabaseError) -> Result
    ) throws(JournalError) -> Result {
        do throws(DatabaseError) {
            try database.execute("BEGIN IMMEDIATE")
            let result = try body()
            try database.execute("COMMIT")
            return result
        } catch {
            try rollBack(after: error)
            throw JournalError(error, operation: operation, path: path)
        }
    }

    private func rollBack(after cause: DatabaseError) throws(JournalError) {
        // Because SQLite ends the transaction itself after some failures, but not after all.
        guard database.isInTransaction else { return }
        do throws(DatabaseError) {
            try database.execute("ROLLBACK")
        } catch {
            throw .failed(
                operation: "roll back", path: path,
                detail: "\(cause.detail), then \(error.detail)")
        }
    }

    /// The entries among the `count` places after `sequence`, ascending, each proved by its checksum,
    /// and how many places there are: those of users who were forgotten hold no entry.
    func entries(
        after sequence: Int64, count: Int
    ) throws(JournalError) -> (entries: [JournalEntry], placeCount: Int) {
        var entries: [JournalEntry] = []
        var expected = sequence + 1
        var isProved = true
        defer { page.reset() }
        do throws(DatabaseError) {
            try page.bind(sequence, at: 1)
            try page.bind(Int64(count), at: 2)
            while isProved, try page.step() {
                if let entry = currentEntry(), entry.sequence == expected {
                    entries.append(entry)
                    expected += 1
                } else if isErased(expected) {
                    expected += 1
                } else {
                    isProved = false
                }
            }
        } catch {
            throw JournalError(error, operation: "read", path: path)
        }
        guard isProved else {
            throw .damaged(
                path: path, detail: "entry \(expected) is missing or does not match its checksum")
        }
        return (entries, Int(expected - 1 - sequence))
    }

    /// Whether the current row is what is left of the entry `sequence` of a forgotten user.
    private func isErased(_ sequence: Int64) -> Bool {
        page.integer(0) == sequence && page.text(1).isEmpty && page.text(2).isEmpty
            && page.number(3) == nil && page.integer(4) == 0 && page.integer(5) == 0
            && page.integer(6) == JournalEntry.erasedChecksum(sequence)
    }

    private func currentEntry() -> JournalEntry? {
        guard let user = UserID(page.text(1)), let item = ItemID(page.text(2)) else { return nil }
        let rating = page.number(3).map(Float.init)
        guard rating?.isFinite ?? true else { return nil }
        let entry = JournalEntry(
            sequence: page.integer(0),
            change: RatingChange(
                user: user, item: item, rating: rating, timestampSeconds: page.integer(4)),
            recordedAtSeconds: page.integer(5))
        return entry.checksum == page.integer(6) ? entry : nil
    }

    /// Notes that the log could not be emptied at opening.
    func keepLog() { hasOldLog = true }

    /// Empties the write-ahead log into the database file.
    func checkpoint() throws(JournalError) {
        try JournalError.translating("checkpoint", path) { () throws(DatabaseError) in
            try database.checkpoint()
        }
        hasOldLog = false
    }

    /// Limits the file to `count` pages, so that a test can fill it.
    func limitPages(to count: Int) throws(DatabaseError) {
        try database.execute("PRAGMA max_page_count = \(count)")
    }
}
