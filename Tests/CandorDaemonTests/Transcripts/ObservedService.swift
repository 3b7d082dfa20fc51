// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Synchronization

@testable import CandorDaemon

/// An engine whose replies are checked against the verb table as they pass.
final class ObservedService: RequestService {
    /// What the replies broke, one sentence each.
    let problems: Problems
    private let engine: Engine
    /// Opened when the daemon stops, so that held work can end.
    private let gate: Gate
    private var verbs: [Ticket: Verb] = [:]

    /// A list that outlives the service and may be read on any thread.
    final class Problems: Sendable {
        private let sentences = Mutex<[String]>([])

        var all: [String] { sentences.withLock { $0 } }

        func append(_ new: [String]) { sentences.withLock { $0 += new } }
    }

    init(_ engine: Engine, gate: Gate, problems: Problems) {
        self.engine = engine
        self.gate = gate
        self.problems = problems
    }

    var generation: Int { engine.generation }

    var status: String { engine.status }

    var answersTogether: Bool { engine.answersTogether }

    func begin(_ request: Request, ticket: Ticket, role: Role) -> Answer? {
        let answer = engine.begin(request, ticket: ticket, role: role)
        if let answer {
            check(answer, request.verb)
        } else {
            verbs[ticket] = request.verb
        }
        return answer
    }

    func collect() -> [Delivery] {
        let deliveries = engine.collect()
        for case .answer(let ticket, let answer) in deliveries {
            guard let verb = verbs.removeValue(forKey: ticket) else {
                problems.append(["an answer came for a request that does not wait"])
                continue
            }
            check(answer, verb)
        }
        return deliveries
    }

    func conclude(_ ticket: Ticket) { engine.conclude(ticket) }

    func refused(reason: String) { engine.refused(reason: reason) }

    func turned(_ load: LoopLoad) { engine.turned(load) }

    func abandon(connection: Int) { engine.abandon(connection: connection) }

    func reload() -> Reconfiguration? { engine.reload() }

    func stop() {
        engine.stop()
        gate.open()
    }

    func connected(_ peer: Peer) { engine.connected(peer) }

    func finished(_ request: FinishedRequest) { engine.finished(request) }

    private func check(_ answer: Answer, _ verb: Verb) {
        switch answer.response {
        case .success(let reply):
            problems.append(
                ReplyShape.problems(reply, for: verb).map { "\(verb.rawValue): \($0)" })
        case .failure(let error):
            if error.message.isEmpty { problems.append(["\(verb.rawValue): an empty message"]) }
        }
    }
}
