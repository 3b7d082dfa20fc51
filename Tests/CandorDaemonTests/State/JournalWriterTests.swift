// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization
import Testing

@testable import CandorDaemon

@Suite("JournalWriter")
struct JournalWriterTests {
    /// Collects outcomes and lets a test wait for a number of them.
    private final class Outcomes: Sendable {
        let groups = Mutex<[[JournalWriter<Int>.Outcome]]>([])
        private let arrived = Semaphore()

        func add(_ group: [JournalWriter<Int>.Outcome]) {
            groups.withLock { $0.append(group) }
            for _ in group { arrived.signal() }
        }

        func wait(for count: Int) {
            for _ in 0..<count { arrived.wait() }
        }

        var tokens: [Int] { groups.withLock { $0.flatMap { $0.map(\.token) } } }

        var results: [Result<Int64, JournalError>] {
            groups.withLock { $0.flatMap { $0.map(\.result) } }
        }
    }

    /// A storage in memory that waits at a gate before each append and fails as told.
    private final class GatedStorage: JournalStorage {
        let gate = Semaphore()
        let entered = Semaphore()
        let groupSizes = Mutex<[Int]>([])
        let checkpointCount = Mutex(0)
        private let failures: Mutex<[JournalError?]>
        private let checkpointFailure: JournalError?

        init(failures: [JournalError?] = [], checkpointFailure: JournalError? = nil) {
            self.failures = Mutex(failures)
            self.checkpointFailure = checkpointFailure
        }

        func append(_ changes: [RatingChange]) throws(JournalError) -> Range<Int64> {
            entered.signal()
            gate.wait()
            if let failure = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                throw failure
            }
            return groupSizes.withLock { sizes in
                let first = Int64(sizes.reduce(0, +) + 1)
                sizes.append(changes.count)
                return first..<first + Int64(changes.count)
            }
        }

        func checkpoint() throws(JournalError) -> Bool {
            checkpointCount.withLock { $0 += 1 }
            if let checkpointFailure { throw checkpointFailure }
            return true
        }
    }

    private static let broken = JournalError.failed(
        operation: "write", path: "journal", detail: "Input/output error")

    @Test("all that waits during one commit goes into the next, in order of submission")
    func groupsWaitingChanges() throws {
        let storage = GatedStorage()
        let outcomes = Outcomes()
        let writer = JournalWriter<Int>(storage) { outcomes.add($0) }
        let changes = try RatingChange.samples(10)
        try writer.submit(changes[0], token: 0)
        storage.entered.wait()
        for token in 1..<10 { try writer.submit(changes[token], token: token) }
        storage.gate.signal()
        storage.gate.signal()
        outcomes.wait(for: 10)
        #expect(storage.groupSizes.withLock { $0 } == [1, 9])
        #expect(outcomes.tokens == Array(0..<10))
        #expect(outcomes.results == (1...10).map { .success($0) })
        writer.drain()
    }

    @Test("drain commits what is queued, checkpoints, and then refuses")
    func drains() throws {
        let storage = GatedStorage()
        let outcomes = Outcomes()
        let writer = JournalWriter<Int>(storage) { outcomes.add($0) }
        let changes = try RatingChange.samples(3)
        for token in 0..<3 {
            try writer.submit(changes[token], token: token)
            storage.gate.signal()
        }
        writer.drain()
        #expect(outcomes.tokens == [0, 1, 2])
        #expect(storage.checkpointCount.withLock { $0 } == 1)
        #expect(throws: JournalError.closed) { try writer.submit(changes[0], token: 3) }
        writer.drain()
        #expect(outcomes.tokens == [0, 1, 2])
    }

    @Test("a failed write fails its whole group and everything after it")
    func stopsAfterFailure() throws {
        let storage = GatedStorage(failures: [nil, Self.broken])
        let outcomes = Outcomes()
        let writer = JournalWriter<Int>(storage) { outcomes.add($0) }
        let changes = try RatingChange.samples(4)
        try writer.submit(changes[0], token: 0)
        storage.entered.wait()
        try writer.submit(changes[1], token: 1)
        try writer.submit(changes[2], token: 2)
        storage.gate.signal()
        storage.gate.signal()
        outcomes.wait(for: 3)
        #expect(writer.stopCause == Self.broken)
        try writer.submit(changes[3], token: 3)
        outcomes.wait(for: 1)
        writer.drain()
        #expect(
            outcomes.results == [
                .success(1), .failure(Self.broken), .failure(Self.broken),
                .failure(.stopped(cause: "\(Self.broken)")),
            ])
        #expect(storage.checkpointCount.withLock { $0 } == 0, "a doubtful disk is left alone")
    }

    @Test("a full disk refuses its group, and later ones go through")
    func survivesFullDisk() throws {
        let full = JournalError.diskFull(path: "journal", detail: "database or disk is full")
        let storage = GatedStorage(failures: [full])
        let outcomes = Outcomes()
        let writer = JournalWriter<Int>(storage) { outcomes.add($0) }
        let changes = try RatingChange.samples(2)
        for token in 0..<2 {
            try writer.submit(changes[token], token: token)
            storage.gate.signal()
            outcomes.wait(for: 1)
        }
        #expect(outcomes.results == [.failure(full), .success(1)])
        #expect(writer.stopCause == nil)
    }

    @Test("the log is checkpointed every thousand commits, and a failure there stops the writer")
    func checkpointsAndStops() throws {
        let storage = GatedStorage(checkpointFailure: Self.broken)
        let outcomes = Outcomes()
        let writer = JournalWriter<Int>(storage) { outcomes.add($0) }
        let change = try RatingChange.sample("1", "1", 5)
        for token in 0..<1_001 {
            try writer.submit(change, token: token)
            storage.gate.signal()
            outcomes.wait(for: 1)
        }
        writer.drain()
        #expect(storage.checkpointCount.withLock { $0 } == 1)
        #expect(outcomes.results.prefix(1_000).allSatisfy { (try? $0.get()) != nil })
        #expect(outcomes.results.last == .failure(.stopped(cause: "\(Self.broken)")))
    }

    @Test("many threads get one acknowledgement each, and the journal holds every change")
    func acknowledgesConcurrentSubmitters() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.file("journal.sqlite")
        let outcomes = Outcomes()
        let changes = try RatingChange.samples(400)
        do {
            let writer = JournalWriter<Int>(try Journal.open(path)) { outcomes.add($0) }
            let threads = (0..<8).map { number in
                WorkerThread {
                    for token in stride(from: number, to: changes.count, by: 8) {
                        try? writer.submit(changes[token], token: token)
                    }
                }
            }
            for thread in threads { thread.join() }
            writer.drain()
        }
        let entries = try Journal.open(path).entries(after: 0)
        #expect(entries.count == 400)
        #expect(entries.map(\.change) == outcomes.tokens.map { changes[$0] })
        #expect(outcomes.results == (1...400).map { .success($0) })
    }
}
