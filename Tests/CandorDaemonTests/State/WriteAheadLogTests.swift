// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import CandorDaemon

@Suite("WriteAheadLog")
struct WriteAheadLogTests {
    private static let headerBytes = 32
    private static let frameBytes = 24 + 4_096

    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    /// Main file and log of a journal with `count` transactions that was never closed, and the
    /// log's length after each of them.
    private func uncleanJournal(
        _ count: Int
    ) throws -> (main: [UInt8], log: [UInt8], ends: [Int]) {
        let journal = try Journal.open(scratch.file("open.sqlite"))
        var ends: [Int] = []
        for change in try RatingChange.samples(count) {
            _ = try journal.append([change])
            ends.append(try scratch.bytes("open.sqlite-wal").count)
        }
        return (
            try scratch.bytes("open.sqlite"), try scratch.bytes("open.sqlite-wal"), ends
        )
    }

    private func open(main: [UInt8], log: [UInt8]) throws -> Journal {
        try scratch.write("copy.sqlite", main)
        try scratch.write("copy.sqlite-wal", log)
        return try Journal.open(scratch.file("copy.sqlite"))
    }

    @Test("a log cut short anywhere keeps every transaction that is whole, and says what it lost")
    func keepsWholeTransactions() throws {
        let (main, log, ends) = try uncleanJournal(6)
        #expect(WriteAheadLog(log).verdict == .intact)
        for length in stride(from: 0, through: log.count, by: 1_373) {
            let journal = try open(main: main, log: Array(log[..<length]))
            let whole = ends.count { $0 <= length }
            #expect(journal.count == whole, "\(length) bytes")
            #expect(try journal.entries(after: 0).count == whole)
            let isClean = length == 0 || (length - Self.headerBytes) % Self.frameBytes == 0
            if !isClean { #expect(journal.notices.count == 1, "\(length) bytes") }
            #expect(try journal.append(RatingChange.samples(1)).lowerBound == Int64(whole) + 1)
        }
    }

    @Test("a flipped bit before later commits is refused, in header, frame header and page")
    func refusesDamageInTheMiddle() throws {
        let (main, log, ends) = try uncleanJournal(6)
        let secondStart = ends[0]
        for place in [3, 25, secondStart + 17, secondStart + 24 + 4_000, ends[3] + 100] {
            var damaged = log
            damaged[place] ^= 0x10
            let error = #expect(throws: JournalError.self, "byte \(place)") {
                try open(main: main, log: damaged)
            }
            #expect(error?.description.contains("copy.sqlite-wal") == true)
        }
    }

    @Test("a last transaction that was not written whole is dropped with a notice")
    func dropsTornEnd() throws {
        let (main, log, ends) = try uncleanJournal(6)
        var torn = log
        for place in ends[4]..<ends[4] + 600 { torn[place] = 0 }
        let journal = try open(main: main, log: torn)
        #expect(journal.count == 5)
        #expect(journal.notices.first?.contains("dropped a torn") == true)
    }
}
