// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import CandorDaemon

@Suite("Journal: damaged files")
struct JournalDamageTests {
    let scratch: ScratchDirectory
    let path: String

    init() throws {
        scratch = try ScratchDirectory()
        path = scratch.file("journal.sqlite")
    }

    /// A closed journal of `count` entries, one transaction each, all in the main file.
    private func writeJournal(_ count: Int) throws {
        let journal = try Journal.open(path)
        for change in try RatingChange.samples(count) { _ = try journal.append([change]) }
        try journal.checkpoint()
    }

    /// Why the journal cannot be opened and read in full, or nil.
    private func refusal() -> JournalError? {
        do throws(JournalError) {
            _ = try Journal.open(path).entries(after: 0)
            return nil
        } catch {
            return error
        }
    }

    private func isDamaged(_ error: JournalError?) -> Bool {
        if case .damaged = error { true } else { false }
    }

    @Test("text, an empty file and a foreign database are no journals")
    func refusesForeignFiles() throws {
        try scratch.write("journal.sqlite", Array("1::1193::5::978300760\n".utf8))
        #expect(isDamaged(refusal()))
        try scratch.write("journal.sqlite", [])
        #expect(refusal() == .notAJournal(path: path))
        do {
            let foreign = try Database(path: scratch.file("foreign.sqlite"), creating: true)
            try foreign.execute("CREATE TABLE change (sequence INTEGER PRIMARY KEY)")
        }
        try scratch.write("journal.sqlite", scratch.bytes("foreign.sqlite"))
        #expect(refusal() == .notAJournal(path: path))
    }

    @Test("a journal of a later version is refused and both versions are named")
    func refusesLaterVersion() throws {
        try writeJournal(1)
        do {
            let database = try Database(path: path, creating: false)
            try database.execute("PRAGMA user_version = 7")
        }
        #expect(refusal() == .unknownVersion(path: path, found: 7, supported: 2))
    }

    @Test("a flipped letter inside an entry is noticed and the entry named")
    func noticesFlippedLetter() throws {
        try writeJournal(9)
        var bytes = try scratch.bytes("journal.sqlite")
        let token = Array("item 4".utf8)
        let place = try #require(
            bytes.indices.first { bytes[$0...].starts(with: token) })
        bytes[place] ^= 0x01
        try scratch.write("journal.sqlite", bytes)
        #expect(
            refusal()
                == .damaged(
                    path: path, detail: "entry 5 is missing or does not match its checksum"))
    }

    @Test("a removed entry is noticed, in the middle and at the end", arguments: [4, 9])
    func noticesRemovedEntry(sequence: Int) throws {
        try writeJournal(9)
        do {
            let database = try Database(path: path, creating: false)
            try database.execute("DELETE FROM change WHERE sequence = \(sequence)")
        }
        #expect(isDamaged(refusal()))
    }

    @Test("a main file cut short at any page, or inside one, is refused")
    func refusesTruncation() throws {
        try writeJournal(300)
        let whole = try scratch.bytes("journal.sqlite")
        try #require(whole.count >= 5 * 4_096)
        for length in [1, 99, 100, 2_000, 4_096, 8_192, 12_288, whole.count - 4_096] {
            try scratch.write("journal.sqlite", Array(whole[..<length]))
            #expect(refusal() != nil, "\(length) of \(whole.count) bytes")
        }
        try scratch.write("journal.sqlite", whole)
        #expect(refusal() == nil)
    }

    @Test("an overwritten page is refused")
    func refusesOverwrittenPage() throws {
        try writeJournal(300)
        let whole = try scratch.bytes("journal.sqlite")
        for page in 0..<whole.count / 4_096 {
            var bytes = whole
            for offset in 0..<4_096 { bytes[page * 4_096 + offset] = 0x5A }
            try scratch.write("journal.sqlite", bytes)
            #expect(refusal() != nil, "page \(page + 1)")
        }
    }
}
