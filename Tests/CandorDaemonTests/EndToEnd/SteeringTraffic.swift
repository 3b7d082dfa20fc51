// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings
import Synchronization

/// A few decisions about what serves, and then one in the middle of which the daemon dies.
final class SteeringTraffic: Sendable {
    /// Where in the last request the daemon dies.
    private enum Moment {
        /// When so many microseconds are over.
        case delay(Int)
        /// Before a call that changes something on a path with this text in it.
        case step(Int, on: String)
    }

    private let daemon: (socket: String, process: Int32)
    private let seed: UInt64
    private let random: CounterRandom
    /// Ends the daemon at a chosen step; without it only delays are possible.
    private let disk: FaultyDisk?
    private let knowledge: Mutex<SteeringKnowledge>

    init(
        _ daemon: DaemonProcess, _ knowledge: SteeringKnowledge, seed: UInt64, disk: FaultyDisk?
    ) {
        self.daemon = (daemon.socket, daemon.identifier)
        self.seed = seed
        self.disk = disk
        random = CounterRandom(seed: seed, stream: 77)
        self.knowledge = Mutex(knowledge)
    }

    /// What is known by now.
    var known: SteeringKnowledge { knowledge.withLock { $0 } }

    /// Asks until the daemon is dead, which it is on return.
    func run() throws {
        defer { kill(daemon.process, SIGKILL) }
        let client = try RawClient(daemon.socket)
        let kinds: [SteeringKnowledge.Kind] = [
            .retrain, .retrain, .retrain, .promote, .promote, .promoteUnconfirmed, .confirm,
            .rollback,
        ]
        let last = kinds[random.integer(below: kinds.count, 0)]
        // Nothing may wait for a CONFIRM before a RETRAIN; where nothing does, that is an error.
        _ = try client.ask("CONFIRM")
        if random.integer(below: 4, 1) == 0 { try ask(.retrain, client) }
        switch last {
        case .confirm: try ask(.promoteUnconfirmed, client)
        case .rollback: try ask(.promote, client)
        case .retrain, .promote, .promoteUnconfirmed: break
        }
        try die(last, client)
    }

    /// Makes one decision, which must be taken, and remembers how long it took.
    private func ask(_ kind: SteeringKnowledge.Kind, _ client: RawClient) throws {
        let line = try line(kind, client).line
        let start = ContinuousClock.now
        let answer = try client.ask(line)
        guard let generation = answer.generation else {
            throw EndToEndError.refused("\(line): \(answer.text)")
        }
        let taken = ContinuousClock.now - start
        let answers = try SteeringKnowledge.answers(client)
        knowledge.withLock { known in
            known.acknowledge(generation)
            known.durations[kind] = taken
            known.expect(answers, of: generation)
        }
    }

    private func die(_ kind: SteeringKnowledge.Kind, _ client: RawClient) throws {
        let (line, next) = try line(kind, client)
        let moment = moment(kind)
        if case .step(let number, let text) = moment { try disk?.kill(before: number, on: text) }
        knowledge.withLock { $0.begin(kind, next) }
        try client.send(line)
        if case .delay(let microseconds) = moment {
            usleep(UInt32(microseconds))
            kill(daemon.process, SIGKILL)
        }
        // Because it is dead, or its answer was on the way before.
        guard let answer = try? client.nextAnswer() else { return }
        guard let generation = answer.generation else {
            throw EndToEndError.refused("\(line): \(answer.text)")
        }
        knowledge.withLock { $0.acknowledge(generation) }
    }

    /// When to die: any time in a request as long as the latest such, or any of its steps.
    private func moment(_ kind: SteeringKnowledge.Kind) -> Moment {
        if disk == nil || random.integer(below: 2, 2) == 0 {
            let length = known.durations[kind] ?? .milliseconds(50)
            return .delay(random.integer(below: max(1, Int(length / .microseconds(1))), 3))
        }
        // A retrain writes about thirty kinds of steps, of which the data is sixty pieces.
        if kind == .retrain, random.integer(below: 2, 4) == 0 {
            return .step(1 + random.integer(below: 90, 5), on: "/generations")
        }
        // What is flushed after the swap is the folder; of these three a death comes after it in one.
        if random.integer(below: 3, 8) == 0 { return .step(1, on: "/state$") }
        return .step(1 + random.integer(below: 5, 5), on: "/CURRENT")
    }

    /// The request, and the generation that serves when it is done.
    private func line(
        _ kind: SteeringKnowledge.Kind, _ client: RawClient
    ) throws -> (line: String, next: Int) {
        let rows = try client.ask("GENERATIONS").rows
        let numbers = rows.compactMap { Int($0[0]) }
        let served = rows.first { $0[1] == "serving" }.flatMap { Int($0[0]) } ?? 0
        let others = numbers.filter { $0 != served }
        let other = others.isEmpty ? served : others[random.integer(below: others.count, 6)]
        knowledge.withLock { known in
            for row in rows { Int(row[0]).map { known.hashes[$0] = row[7] } }
        }
        return switch kind {
        case .retrain:
            (
                "RETRAIN force rating=\(random.integer(below: 2, 7) == 0 ? "fast" : "biases") "
                    + "ranking=popular seed=\(seed)",
                (numbers.max() ?? 0) + 1
            )
        case .promote: ("PROMOTE \(other)", other)
        case .promoteUnconfirmed: ("PROMOTE \(other) confirm_within=86400", other)
        case .confirm: ("CONFIRM", served)
        case .rollback:
            ("ROLLBACK", rows.first { $0[1] == "previous" }.flatMap { Int($0[0]) } ?? 0)
        }
    }
}
