// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import CandorDaemon

@Suite("Journal")
struct JournalTests {
    let scratch: ScratchDirectory
    let path: String

    init() throws {
        scratch = try ScratchDirectory()
        path = scratch.file("journal.sqlite")
    }

    @Test("what was appended reads back in order, withdrawals and odd tokens included")
    func readsBack() throws {
        let changes = [
            try RatingChange.sample("1", "2571", 4.5, at: 978_300_760),
            try RatingChange.sample("1", "2571", nil, at: 978_300_761),
            try RatingChange.sample("Żółw :: ' \"", "映画", -0.1, at: -5),
        ]
        let journal = try Journal.open(path)
        #expect(journal.notices.isEmpty)
        #expect(try journal.append(changes) == 1..<4)
        let entries = try journal.entries(after: 0)
        #expect(entries.map(\.change) == changes)
        #expect(entries.map(\.sequence) == [1, 2, 3])
        #expect(entries.allSatisfy { $0.recordedAtSeconds > 1_700_000_000 })
        #expect(try journal.entries(after: 2).map(\.change) == [changes[2]])
        #expect(try journal.entries(after: 3).isEmpty)
    }

    @Test("a new journal is empty, and appending nothing leaves it so")
    func startsEmpty() throws {
        let journal = try Journal.open(path)
        #expect(try journal.append([]).isEmpty)
        #expect(journal.lastSequence == 0)
        #expect(journal.count == 0)
        #expect(try journal.entries(after: 0).isEmpty)
    }

    @Test("sequences go on where they ended after a restart")
    func continues() throws {
        do {
            let journal = try Journal.open(path)
            #expect(try journal.append(RatingChange.samples(3)) == 1..<4)
        }
        let journal = try Journal.open(path)
        #expect(journal.lastSequence == 3)
        #expect(try journal.append(RatingChange.samples(2)) == 4..<6)
        #expect(journal.count == 5)
    }

    @Test("more entries than one reading step come back complete")
    func readsInSteps() throws {
        let journal = try Journal.open(path)
        let changes = try RatingChange.samples(8_192 + 1)
        _ = try journal.append(changes)
        #expect(try journal.entries(after: 0).map(\.change) == changes)
        #expect(try journal.entries(after: 4_096).count == 4_097)
    }

    @Test("a second opener of the same file is refused and told why")
    func refusesSecondOpener() throws {
        let journal = try Journal.open(path)
        let error = #expect(throws: JournalError.inUse(path: path)) { try Journal.open(path) }
        #expect(error?.description.contains("in use by another process") == true)
        _ = try journal.append(RatingChange.samples(1))
    }

    @Test("a copy of the files of an open journal holds all that was acknowledged")
    func survivesUncleanEnd() throws {
        let journal = try Journal.open(path)
        for change in try RatingChange.samples(20) { _ = try journal.append([change]) }
        try scratch.write("copy.sqlite", scratch.bytes("journal.sqlite"))
        try scratch.write("copy.sqlite-wal", scratch.bytes("journal.sqlite-wal"))
        let copy = try Journal.open(scratch.file("copy.sqlite"))
        #expect(copy.notices.isEmpty)
        #expect(try copy.entries(after: 0) == journal.entries(after: 0))
        #expect(copy.count == 20)
    }

    @Test("a checkpoint empties the log and keeps every entry")
    func checkpoints() throws {
        let journal = try Journal.open(path)
        _ = try journal.append(RatingChange.samples(10))
        try journal.checkpoint()
        #expect(try scratch.bytes("journal.sqlite-wal").isEmpty)
        #expect(try journal.entries(after: 0).count == 10)
    }

    @Test("a journal that ends before what a generation contains is refused")
    func refusesLostEntries() throws {
        do { _ = try Journal.open(path).append(RatingChange.samples(2)) }
        #expect(throws: JournalError.entriesMissing(path: path, expected: 3, found: 2)) {
            try Journal.open(path).requireReach(3)
        }
        try Journal.open(path).requireReach(2)
    }

    @Test("a full database refuses the whole group and works again when there is room")
    func survivesFullDisk() throws {
        let journal = try Journal.open(path)
        _ = try journal.append(RatingChange.samples(1))
        try journal.limitPages(to: 4)
        let many = try RatingChange.samples(2_000)
        let error = #expect(throws: JournalError.self) { try journal.append(many) }
        guard case .diskFull = error else {
            Issue.record("expected diskFull, got \(String(describing: error))")
            return
        }
        #expect(try journal.entries(after: 0).count == 1)
        #expect(journal.lastSequence == 1)
        try journal.limitPages(to: 100_000)
        #expect(try journal.append(many) == 2..<2_002)
    }

    @Test("a path in a folder that does not exist gives a clear error and leaves nothing behind")
    func namesMissingFolder() throws {
        let error = #expect(throws: JournalError.self) {
            try Journal.open(scratch.file("nowhere/journal.sqlite"))
        }
        #expect(error?.description.contains("nowhere/journal.sqlite") == true)
        #expect(try scratch.names().isEmpty)
    }
}
