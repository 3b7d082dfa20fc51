// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Synchronization
import Testing

@testable import CandorDaemon

/// Batches with one call for all, where this kernel allows it, and with a call for each.
struct SocketBatchTests {
    /// Two ends of a conversation, neither of which waits.
    private final class Pair {
        private(set) var ends: [Int32] = [-1, -1]

        init() throws {
            let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
            try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        }

        func close(_ index: Int) {
            if ends[index] >= 0 { Glibc.close(ends[index]) }
            ends[index] = -1
        }

        deinit {
            close(0)
            close(1)
        }
    }

    /// What became of one transfer.
    private struct Result: Equatable, Sendable {
        var outcome: SocketBatch.Outcome
        var text = ""
    }

    /// One transfer to make.
    private enum Wish: Sendable {
        case send(String, Int32)
        case receive(Int32)
    }

    /// Makes transfers batch by batch, on a thread of its own: closing a ring interrupts what its
    /// opener waits for, which could be another test.
    private func results(_ usesRing: Bool, _ batches: [[Wish]]) -> [[Result]] {
        let box = Mutex<[[Result]]>([])
        let ended = DispatchSemaphore(value: 0)
        Thread {
            var batch = SocketBatch()
            if usesRing, !batch.openRing() {
                FileHandle.standardError.write(
                    Data("SKIPPED: no ring can be opened here; batches make a call for each\n".utf8)
                )
            }
            let results = batches.map { run($0, &batch) }
            box.withLock { $0 = results }
            ended.signal()
        }.start()
        ended.wait()
        return box.withLock { $0 }
    }

    private func run(_ wishes: [Wish], _ batch: inout SocketBatch) -> [Result] {
        for wish in wishes {
            switch wish {
            case .send(let text, let socket):
                Array(text.utf8).withUnsafeBytes { batch.send($0, to: socket) }
            case .receive(let socket): batch.receive(from: socket)
            }
        }
        batch.run()
        defer { batch.removeAll() }
        return wishes.indices.map { index in
            guard case .receive = wishes[index] else {
                return Result(outcome: batch.outcome(index))
            }
            return Result(
                outcome: batch.outcome(index),
                text: String(decoding: batch.bytes(index), as: UTF8.self))
        }
    }

    @Test("what is sent arrives, each at its socket", arguments: [true, false], [1, 2, 64])
    func arrives(usesRing: Bool, count: Int) throws {
        let pairs = try (0..<count).map { _ in try Pair() }
        func text(_ round: Int, _ index: Int) -> String { "\(round) for \(index)" }
        let batches = (0..<5).flatMap { round in
            [
                pairs.enumerated().map { Wish.send(text(round, $0), $1.ends[0]) },
                pairs.map { Wish.receive($0.ends[1]) },
            ]
        }
        let results = results(usesRing, batches)
        for round in 0..<5 {
            for index in 0..<count {
                let text = text(round, index)
                let outcome = SocketBatch.Outcome.moved(text.utf8.count)
                #expect(results[2 * round][index] == Result(outcome: outcome))
                #expect(results[2 * round + 1][index] == Result(outcome: outcome, text: text))
            }
        }
    }

    @Test("transfers to one socket keep their order", arguments: [true, false])
    func order(usesRing: Bool) throws {
        let pair = try Pair()
        let results = results(
            usesRing,
            [(0..<50).map { .send("\($0) ", pair.ends[0]) }, [.receive(pair.ends[1])]])
        #expect(results[1][0].text == (0..<50).map { "\($0) " }.joined())
    }

    @Test(
        "nothing to read, an end, a lost peer and a full socket are told apart",
        arguments: [true, false])
    func outcomes(usesRing: Bool) throws {
        let quiet = try Pair()
        let ended = try Pair()
        let lost = try Pair()
        let full = try Pair()
        shutdown(ended.ends[0], Int32(SHUT_WR))
        lost.close(1)
        let much = String(repeating: "7", count: SocketBatch.bytesMax)
        while Glibc.send(full.ends[0], much, much.utf8.count, Int32(MSG_NOSIGNAL)) > 0 {}

        let results = results(
            usesRing,
            [
                [
                    .receive(quiet.ends[1]), .receive(ended.ends[1]),
                    .send("nobody reads this", lost.ends[0]), .send(much, full.ends[0]),
                    .receive(full.ends[1]),
                ]
            ])
        #expect(
            results[0] == [
                Result(outcome: .notReady), Result(outcome: .ended), Result(outcome: .lost),
                Result(outcome: .notReady),
                Result(outcome: .moved(SocketBatch.bytesMax), text: much),
            ])
    }
}
