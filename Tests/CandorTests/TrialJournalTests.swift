// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import candord

@Suite("Journal of trials")
struct TrialJournalTests {
    private let path = NSTemporaryDirectory() + "candor-trials-\(UUID().uuidString).journal"
    private let key = TrialKey(words: "factors=3 regularization=0.1", budget: 4, split: 2)
    private let measurement = Measurement(score: 0.1 + 0.2, seconds: 1e-7)

    private func contents() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    private func remove() { unlink(path) }

    @Test("what was recorded is there with the same bits when opened again")
    func again() throws {
        defer { remove() }
        do {
            let journal = try TrialJournal(path, heading: "a tuning")
            #expect(journal.foundCount == 0 && journal.measurement(key) == nil)
            try journal.record(key, measurement)
            try journal.record(
                TrialKey(words: "", budget: 0, split: 1), Measurement(score: .nan, seconds: 2))
            #expect(journal.measurement(key) == measurement)
        }
        let journal = try TrialJournal(path, heading: "a tuning")
        #expect(journal.foundCount == 2 && journal.measurement(key) == measurement)
        let failed = journal.measurement(TrialKey(words: "", budget: 0, split: 1))
        #expect(failed?.score.isNaN == true && failed?.seconds == 2)
    }

    @Test("a torn last line is cut off at every place, and writing goes on after it")
    func torn() throws {
        defer { remove() }
        do {
            let journal = try TrialJournal(path, heading: "h")
            try journal.record(key, measurement)
        }
        let whole = try contents()
        for count in 0..<whole.utf8.count {
            try String(whole.prefix(count)).write(toFile: path, atomically: false, encoding: .utf8)
            do {
                let journal = try TrialJournal(path, heading: "h")
                #expect(journal.foundCount == 0)
                try journal.record(key, measurement)
            }
            #expect(try contents() == whole)
        }
    }

    @Test("another tuning's, a damaged and a busy journal are refused with what to do")
    func refused() throws {
        defer { remove() }
        do {
            let journal = try TrialJournal(path, heading: "one")
            #expect(throws: TrialJournalError.inUse(path: path)) {
                try TrialJournal(path, heading: "one")
            }
            try journal.record(key, measurement)
        }
        #expect(throws: TrialJournalError.another(path: path, found: "one", expected: "two")) {
            try TrialJournal(path, heading: "two")
        }
        try "one\n0.5 x 1 1 a=1\n".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: TrialJournalError.damaged(path: path, line: 2)) {
            try TrialJournal(path, heading: "one")
        }
        let error = #expect(throws: TrialJournalError.self) {
            try TrialJournal("/nonexistent/x.journal", heading: "one")
        }
        #expect(error?.description.contains("--journal") == true)
    }
}
