// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings
import Synchronization

/// Ratings sent on a connection for each user until enough are acknowledged; then the daemon dies.
final class RatingTraffic: Sendable {
    private static let pipelinedMax = 8

    private let socket: String
    private let process: Int32
    private let seed: UInt64
    private let acknowledgedMax: Int
    private let acknowledged = Atomic(0)
    private let histories: Mutex<[RatingHistory]>
    private let writerCount: Int

    init(
        _ daemon: DaemonProcess, _ histories: [RatingHistory], seed: UInt64, acknowledgedMax: Int
    ) {
        socket = daemon.socket
        process = daemon.identifier
        self.seed = seed
        self.acknowledgedMax = acknowledgedMax
        self.histories = Mutex(histories)
        writerCount = histories.count
    }

    /// How many ratings were acknowledged.
    var acknowledgedCount: Int { acknowledged.load(ordering: .sequentiallyConsistent) }

    /// Sends ratings until the daemon is dead; returns what the users know of their ratings.
    func runUntilKilled() throws -> [RatingHistory] {
        try Crowd(writerCount) { [self] writer in try write(writer) }.join()
        return histories.withLock { $0 }
    }

    private func write(_ writer: Int) throws {
        var history = histories.withLock { $0[writer] }
        defer { histories.withLock { $0[writer] = history } }
        let random = CounterRandom(seed: seed, stream: UInt64(writer))
        let client: RawClient
        do {
            client = try RawClient(socket)
        } catch  where acknowledgedCount >= acknowledgedMax {
            // It was killed before this connection began.
            return
        }
        var draw: UInt64 = 0
        while true {
            do {
                for _ in 0...random.integer(below: Self.pipelinedMax, draw) {
                    draw += 3
                    let item = 1 + random.integer(below: DaemonHome.itemCount, draw + 1)
                    let rating = 1 + random.integer(below: 5, draw + 2)
                    history.send(item, rating)
                    try client.send("RATE \(history.user) \(item) \(rating)")
                }
                while !history.isSettled {
                    let answer = try client.nextAnswer()
                    guard !answer.isError else { throw EndToEndError.refused(answer.text) }
                    history.acknowledge()
                    countAcknowledged()
                }
            } catch EndToEndError.refused(let text) {
                throw EndToEndError.refused(text)
            } catch  where acknowledgedCount >= acknowledgedMax {
                // It was killed.
                return
            }
        }
    }

    private func countAcknowledged() {
        let count = acknowledged.add(1, ordering: .sequentiallyConsistent).newValue
        if count == acknowledgedMax { kill(process, SIGKILL) }
    }
}
