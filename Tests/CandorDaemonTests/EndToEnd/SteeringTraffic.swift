// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Synchronization

/// Retrains, promotions, confirmations and rollbacks, one after the other until the daemon dies.
final class SteeringTraffic: Sendable {
    /// What is known from outside of the generations.
    struct Knowledge: Sendable {
        /// The generation that serves, as was acknowledged last.
        var served = 1
        /// What may serve besides, because of a request without an answer.
        var possible: Set<Int> = []
        /// The factors' hash of each generation that was ever listed.
        var hashes: [Int: String] = [:]
        /// How many requests were acknowledged.
        var acknowledgedCount = 0
    }

    private let socket: String
    private let seed: UInt64
    private let knowledge: Mutex<Knowledge>

    init(_ daemon: DaemonProcess, _ knowledge: Knowledge, seed: UInt64) {
        socket = daemon.socket
        self.seed = seed
        self.knowledge = Mutex(knowledge)
    }

    /// What is known by now.
    var known: Knowledge { knowledge.withLock { $0 } }

    /// Sends requests until the connection ends, which must be because the daemon was killed.
    func run() throws {
        let random = CounterRandom(seed: seed, stream: 77)
        var draw: UInt64 = 0
        do {
            let client = try RawClient(socket)
            while true {
                let rows = try client.ask("GENERATIONS").rows
                let numbers = rows.compactMap { Int($0[0]) }
                knowledge.withLock { known in
                    for row in rows { Int(row[0]).map { known.hashes[$0] = row[7] } }
                }
                let other = numbers[random.integer(below: numbers.count, draw + 1)]
                let previous = rows.first { $0[1] == "previous" }.flatMap { Int($0[0]) }
                let requests: [(line: String, next: Int?)] = [
                    (
                        "RETRAIN force rating=mean ranking=popular seed=\(seed * 1000 + draw)",
                        (numbers.max() ?? 0) + 1
                    ),
                    ("PROMOTE \(other)", other),
                    ("PROMOTE \(other) confirm_within=3600", other),
                    ("CONFIRM", nil), ("ROLLBACK", previous),
                ]
                let (line, next) = requests[random.integer(below: requests.count, draw)]
                draw += 2
                knowledge.withLock { $0.possible = next.map { [$0] } ?? [] }
                let answer = try client.ask(line)
                knowledge.withLock { known in
                    if let generation = answer.generation {
                        known.served = generation
                        known.acknowledgedCount += 1
                    }
                    known.possible = []
                }
            }
        } catch EndToEndError.unexpected(let text) where !text.contains("closed") {
            throw EndToEndError.unexpected(text)
        } catch {
            // It was killed.
        }
    }
}
