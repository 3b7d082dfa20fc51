// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings
import Synchronization

/// Ratings sent on a connection for each user until the daemon dies: when enough are acknowledged, if
/// nobody ends it before.
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
        _ daemon: DaemonProcess, _ histories: [RatingHistory], seed: UInt64,
        acknowledgedMax: Int = .max
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
    ///
    /// Whether it was killed, rather than that it failed, is told by how its process ended.
    func runUntilKilled() throws -> [RatingHistory] {
        try Crowd(writerCount) { [self] writer in try write(writer) }.join()
        return histories.withLock { $0 }
    }

    private func write(_ writer: Int) throws {
        var history = histories.withLock { $0[writer] }
        defer { histories.withLock { $0[writer] = history } }
        let random = CounterRandom(seed: seed, stream: UInt64(writer))
        var draw: UInt64 = 0
        do {
            let client = try RawClient(socket)
            while true {
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
            }
        } catch EndToEndError.refused(let text) {
            throw EndToEndError.refused(text)
        } catch {
            // It is dead.
        }
    }

    private func countAcknowledged() {
        let count = acknowledged.add(1, ordering: .sequentiallyConsistent).newValue
        if count == acknowledgedMax { kill(process, SIGKILL) }
    }
}
