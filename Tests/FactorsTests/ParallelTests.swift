// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization
import Testing

@testable import Factors

@Suite("Parallel")
struct ParallelTests {
    @Test("every position is worked on exactly once", arguments: [0, 1, 2, 3, 7, 64])
    func onceEach(threads: Int) {
        let seen = Mutex([Int](repeating: 0, count: 1001))
        Parallel.forEachChunk(of: 1001, chunk: 10, threads: threads, makeScratch: {}) { range, _ in
            seen.withLock { seen in
                for position in range { seen[position] += 1 }
            }
        }
        #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test("results stand in order at any thread count", arguments: [1, 2, 7])
    func ordered(threads: Int) {
        let squares = Parallel.map(count: 333, chunk: 4, threads: threads) { "\($0 * $0)" }
        #expect(squares == (0..<333).map { "\($0 * $0)" })
    }

    @Test("values come in order though only some are made at a time", arguments: [0, 1, 2, 7])
    func inOrder(threads: Int) {
        var seen: [Int] = []
        Parallel.forEachInOrder(count: 333, threads: threads, of: { 3 * $0 }) { seen.append($0) }
        #expect(seen == (0..<333).map { 3 * $0 })
        Parallel.forEachInOrder(count: 0, threads: threads, of: { $0 }) { _ in
            Issue.record("called")
        }
    }

    @Test("no work means no call")
    func nothing() {
        let values = Parallel.map(count: 0, chunk: 1, threads: 4) { _ in
            Issue.record("called")
            return 0
        }
        #expect(values.isEmpty)
    }
}
