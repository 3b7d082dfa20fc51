// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Connections that ask the same questions over and over and compare the answers.
///
/// `@unchecked Sendable` because the condition guards all variables.
final class ReadingLoad: @unchecked Sendable {
    private struct Key: Hashable {
        let request: String
        let generation: Int
    }

    private static let requests = (1...12).flatMap { user in
        [
            "RECOMMEND \(user) k=50", "PREDICT \(user) \(user * 3)",
            "EXPLAIN \(user) \(user * 7)", "EXPLAIN \(user) \(user * 5) head=rating top=100",
        ]
    }

    private let socket: String
    private let connectionCount: Int
    private let condition = NSCondition()
    private var isOver = false
    private var firstSeen: [Key: [UInt8]] = [:]
    private var found: [String] = []
    /// How often each connection has asked every question in the generation of all their answers.
    private var lastWhole: [Int]

    init(_ daemon: DaemonProcess, connectionCount: Int) {
        socket = daemon.socket
        self.connectionCount = connectionCount
        lastWhole = Array(repeating: 0, count: connectionCount)
    }

    /// What was wrong with answers.
    var problems: [String] { condition.withLock { found } }

    /// Starts asking.
    func begin() -> Crowd {
        Crowd(connectionCount) { [self] number in
            let client = try RawClient(socket)
            var generation = 0
            while !condition.withLock({ isOver }) {
                let before = generation
                for request in Self.requests {
                    let answer = try client.ask(request)
                    generation = check(answer, to: request, after: generation)
                }
                condition.withLock {
                    // Every question was asked in this generation, as the last round was in it too.
                    if before == generation { lastWhole[number] = generation }
                    condition.broadcast()
                }
            }
        }
    }

    /// Tells the connections to stop.
    func end() { condition.withLock { isOver = true } }

    /// Waits until every connection has asked every question in `generation`.
    func waitUntilAllSaw(_ generation: Int) throws {
        let deadline = Date(timeIntervalSinceNow: EndToEnd.timeoutSeconds)
        condition.lock()
        defer { condition.unlock() }
        while lastWhole.contains(where: { $0 < generation }) {
            guard condition.wait(until: deadline) else {
                throw EndToEndError.timedOut(
                    "generation \(generation) on all connections", output: "\(lastWhole) \(found)")
            }
        }
    }

    /// Whether the answer to every request differs between any two neighbouring generations.
    func everyRequestChanges(between generations: ClosedRange<Int>) -> Bool {
        condition.withLock {
            zip(generations, generations.dropFirst()).allSatisfy { earlier, later in
                Self.requests.allSatisfy { request in
                    guard let old = firstSeen[Key(request: request, generation: earlier)],
                        let new = firstSeen[Key(request: request, generation: later)]
                    else { return false }
                    return Self.withoutGeneration(old) != Self.withoutGeneration(new)
                }
            }
        }
    }

    /// Compares an answer with the earlier ones; returns its generation.
    private func check(
        _ answer: RawClient.Answer, to request: String, after earlier: Int
    ) -> Int {
        condition.withLock {
            guard let generation = answer.generation else {
                found.append("\(request): \(answer.text)")
                return earlier
            }
            if generation < earlier { found.append("\(request): \(generation) after \(earlier)") }
            let key = Key(request: request, generation: generation)
            if firstSeen[key, default: answer.bytes] != answer.bytes {
                found.append("\(request): two answers of generation \(generation)")
            }
            firstSeen[key] = firstSeen[key] ?? answer.bytes
            return generation
        }
    }

    /// An answer from its third word on.
    private static func withoutGeneration(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let blanks = bytes.indices.filter { bytes[$0] == 32 }
        return blanks.count > 2 ? bytes[blanks[2]...] : bytes[...]
    }
}
