// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("StateCheck: the journal")
struct StateCheckJournalTests {
    let state: SmallState

    init() throws { state = try SmallState() }

    private static let main = "journal.sqlite"
    private static let log = "journal.sqlite-wal"

    private func count(in copy: SmallState) throws -> Int {
        try Journal.open(copy.scratch.file(Self.main)).entries(after: 0).count
    }

    @Test("a main file that is cut short or flipped is told, and no repair touches it")
    func damagedMain() throws {
        let whole = try state.scratch.bytes(Self.main)
        // What the log has too is no loss, and so the last pages are left alone.
        var damages = [0, 1, 100, 5_000, whole.count / 2].map { Array(whole[..<$0]) }
        // A letter of an identifier, which SQLite itself would not notice.
        let token = Array("item 42".utf8)
        let place = try #require(whole.indices.first { whole[$0...].starts(with: token) })
        damages.append(whole)
        damages[damages.count - 1][place] ^= 1
        for (number, damage) in damages.enumerated() {
            let copy = try SmallState(copying: state)
            try copy.scratch.write(Self.main, damage)
            let left = try copy.repaired()
            #expect(left.map(\.place) == [Self.main], "damage \(number)")
            guard case .problem(let remedy)? = left.first?.kind else {
                Issue.record("damage \(number) was repaired")
                continue
            }
            #expect(remedy.contains("restore a backup"))
            #expect(try copy.scratch.bytes(Self.main) == damage, "damage \(number)")
            #expect(
                try copy.scratch.bytes(Self.log) == state.scratch.bytes(Self.log),
                "damage \(number)")
        }
    }

    @Test("a log cut short at any place loses what was not whole, after a repair with a word of it")
    func tornLog() throws {
        let whole = try state.scratch.bytes(Self.log)
        let frameBytes = 24 + 4_096
        for length in stride(from: 1, to: whole.count, by: 3_001) {
            let copy = try SmallState(copying: state)
            try copy.scratch.write(Self.log, Array(whole[..<length]))
            let problems = try copy.problems()
            let isTorn = length < 32 || !(length - 32).isMultiple(of: frameBytes)
            #expect(problems.map(\.place) == (isTorn ? [Self.log] : []), "\(length) bytes")
            #expect(try copy.scratch.bytes(Self.log).count == length)
            #expect(try copy.repaired() == [], "\(length) bytes")
            // Every change was a commit of its own, of one page or more.
            let kept = try count(in: copy)
            #expect((SmallState.settledCount...SmallState.changeCount).contains(kept))
            #expect(kept - SmallState.settledCount >= (length - 32) / frameBytes / 4)
        }
    }

    @Test("a flipped bit in the middle of the log is told, and no repair touches it")
    func damagedLog() throws {
        var log = try state.scratch.bytes(Self.log)
        log[32 + 24 + 4_000] ^= 0x10
        try state.scratch.write(Self.log, log)
        #expect(try state.repaired().map(\.place) == [Self.main])
        #expect(try state.scratch.bytes(Self.log) == log)
    }

    @Test("a missing journal is told, with its log where there is one")
    func missing() throws {
        try FileManager.default.removeItem(atPath: state.scratch.file(Self.main))
        let left = try state.repaired()
        #expect(left.map(\.message) == ["is missing, and journal.sqlite-wal holds ratings"])
    }

    @Test("a journal that ends before what a generation has learned is told")
    func shortJournal() throws {
        for name in [Self.main, Self.log] {
            try FileManager.default.removeItem(atPath: state.scratch.file(name))
        }
        do {
            let journal = try Journal.open(state.scratch.file(Self.main))
            _ = try journal.append(RatingChange.samples(150))
        }
        let left = try state.repaired()
        #expect(left.map(\.place) == ["generations/000002"])
        #expect(left.first?.message.contains("journal entry 200") == true)
    }

    @Test("an interrupted FORGET is told and is no problem")
    func forgetting() throws {
        do {
            let journal = try Journal.open(state.scratch.file(Self.main))
            _ = try journal.beginForgetting(RatingChange.sample("user 3", "1", 1).user)
        }
        let findings = try StateCheck(state.path).run()
        #expect(findings.filter(\.isProblem) == [])
        #expect(
            findings.contains {
                $0.message == "a FORGET was interrupted; the next start finishes it"
            })
        #expect(findings.contains { $0.message.hasSuffix("of forgotten users") })
    }
}
