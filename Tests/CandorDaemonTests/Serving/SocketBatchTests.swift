// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
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

    private func send(_ text: String, to socket: Int32, in batch: inout SocketBatch) {
        Array(text.utf8).withUnsafeBytes { batch.send($0, to: socket) }
    }

    private func text(_ batch: borrowing SocketBatch, _ index: Int) -> String {
        String(decoding: batch.bytes(index), as: UTF8.self)
    }

    @Test("what is sent arrives, each at its socket", arguments: [true, false], [1, 2, 64])
    func arrives(usesRing: Bool, count: Int) throws {
        let pairs = try (0..<count).map { _ in try Pair() }
        var batch = SocketBatch(usesRing: usesRing)
        for round in 0..<5 {
            for (index, pair) in pairs.enumerated() {
                send("\(round) for \(index)", to: pair.ends[0], in: &batch)
            }
            batch.run()
            for index in 0..<count {
                let outcome = batch.outcome(index)
                #expect(outcome == .moved("\(round) for \(index)".utf8.count))
            }
            batch.removeAll()
            for pair in pairs { batch.receive(from: pair.ends[1]) }
            let isFull = batch.isFull
            #expect(isFull == (count == SocketBatch.countMax))
            batch.run()
            for index in 0..<count {
                let received = text(batch, index)
                #expect(received == "\(round) for \(index)")
            }
            batch.removeAll()
        }
    }

    @Test("transfers to one socket keep their order", arguments: [true, false])
    func order(usesRing: Bool) throws {
        let pair = try Pair()
        var batch = SocketBatch(usesRing: usesRing)
        for number in 0..<50 { send("\(number) ", to: pair.ends[0], in: &batch) }
        batch.run()
        batch.removeAll()
        batch.receive(from: pair.ends[1])
        batch.run()
        let received = text(batch, 0)
        #expect(received == (0..<50).map { "\($0) " }.joined())
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
        let much = [UInt8](repeating: 7, count: SocketBatch.bytesMax)
        while Glibc.send(full.ends[0], much, much.count, Int32(MSG_NOSIGNAL)) > 0 {}

        var batch = SocketBatch(usesRing: usesRing)
        batch.receive(from: quiet.ends[1])
        batch.receive(from: ended.ends[1])
        send("nobody reads this", to: lost.ends[0], in: &batch)
        much.withUnsafeBytes { batch.send($0, to: full.ends[0]) }
        batch.receive(from: full.ends[1])
        batch.run()
        let outcomes = (0..<5).map { batch.outcome($0) }
        #expect(outcomes == [.notReady, .ended, .lost, .notReady, .moved(much.count)])
        let nothing = batch.bytes(0).count
        #expect(nothing == 0)
    }
}
