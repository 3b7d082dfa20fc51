// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Synchronization

@testable import CandorDaemon

/// A service whose answers say what was asked, and whose slow verbs wait until the test answers.
///
/// PREDICT, PING and others are answered at once; RATE, RETRAIN and WATCH wait; SHOW answers with a
/// large table; FORMAT, QUIT and SHUTDOWN have their effects, and AUTH with the proof `right` gives
/// the role.
final class FakeService: RequestService, Sendable {
    private struct State {
        var generation = 7
        var waiting: [(ticket: Ticket, request: Request)] = []
        var ready: [Delivery] = []
        var begun: [Request] = []
        var records: [FinishedRequest] = []
        var abandoned: [Int] = []
        var openConnections = 0
        var peers: [Peer] = []
        var eventCount = 0
        /// What answers to PREDICT refer to.
        var validity: Validity?
        /// Whether PREDICT waits as well.
        var isLate = false
        var refusals = 0
    }

    /// The text of one row of SHOW's answer.
    static let cell = String(repeating: "x", count: 100)
    /// How many rows it has.
    static let rows = 20

    private let state = Mutex(State())

    var generation: Int { state.withLock(\.generation) }
    var begun: [Request] { state.withLock(\.begun) }
    var records: [FinishedRequest] { state.withLock(\.records) }
    var abandoned: [Int] { state.withLock(\.abandoned) }
    var peers: [Peer] { state.withLock(\.peers) }
    var status: String { "serving generation \(generation)" }
    var refusals: Int { state.withLock(\.refusals) }
    var openConnections: Int { state.withLock(\.openConnections) }
    var waitingCount: Int { state.withLock(\.waiting.count) }

    let answersTogether = false

    func begin(_ request: Request, ticket: Ticket, role: Role) -> Answer? {
        state.withLock { state in
            state.begun.append(request)
            switch request {
            case .predict where state.isLate:
                state.waiting.append((ticket, request))
                return nil
            case .rate, .retrain, .watch:
                state.waiting.append((ticket, request))
                return nil
            default:
                return Self.answer(
                    to: request, generation: state.generation, validity: state.validity)
            }
        }
    }

    /// Answers to PREDICT hold from now on, until this is called again.
    func hold() {
        state.withLock { state in
            state.validity?.end()
            state.validity = Validity()
        }
    }

    /// From now on answers to PREDICT come later.
    func delay() { state.withLock { $0.isLate = true } }

    func collect() -> [Delivery] {
        state.withLock { state in
            defer { state.ready = [] }
            return state.ready
        }
    }

    func abandon(connection: Int) {
        state.withLock { state in
            state.abandoned.append(connection)
            state.openConnections -= 1
            state.waiting.removeAll { $0.ticket.connection == connection }
        }
    }

    func finished(_ request: FinishedRequest) {
        state.withLock { $0.records.append(request) }
    }

    func stop() {}

    func conclude(_ ticket: Ticket) {
        state.withLock { state in
            guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                return
            }
            let (_, request) = state.waiting.remove(at: place)
            state.ready.append(
                .answer(ticket, Self.answer(to: request, generation: state.generation)))
        }
    }

    func refused(reason: String) { state.withLock { $0.refusals += 1 } }

    func turned(_ load: LoopLoad) {}

    func reload() -> Reconfiguration? { nil }

    func connected(_ peer: Peer) {
        state.withLock { state in
            state.openConnections += 1
            state.peers.append(peer)
        }
    }

    /// Makes the answer of what has waited longest (or, with `newest`, shortest) ready.
    func answerOne(newest: Bool = false) {
        state.withLock { state in
            guard !state.waiting.isEmpty else { return }
            let (ticket, request) =
                newest ? state.waiting.removeLast() : state.waiting.removeFirst()
            let answer = Self.answer(
                to: request, generation: state.generation, validity: state.validity)
            state.ready.append(.answer(ticket, answer))
        }
    }

    /// Makes all waiting answers ready, the newest first.
    func answerAll() {
        while waitingCount > 0 { answerOne(newest: true) }
    }

    /// Makes a progress line of what has waited longest ready.
    func progress(_ fraction: Double) {
        state.withLock { state in
            guard let ticket = state.waiting.first?.ticket else { return }
            state.ready.append(.progress(ticket, Progress(fraction: fraction, stage: "working")))
        }
    }

    /// Makes an event for what has waited longest ready.
    func event(_ text: String) {
        state.withLock { state in
            guard let ticket = state.waiting.first?.ticket else { return }
            state.eventCount += 1
            state.ready.append(
                .event(
                    ticket,
                    Event(
                        number: state.eventCount, kind: .generation,
                        generation: state.generation, time: 1000 + state.eventCount,
                        fields: [.init("text", .text(text))])))
        }
    }

    /// The next generation serves.
    func swapGeneration() {
        state.withLock { $0.generation += 1 }
    }

    private static func answer(
        to request: Request, generation: Int, validity: Validity? = nil
    ) -> Answer {
        let effect: ConnectionEffect =
            switch request {
            case .format(let format): .format(format)
            case .quit: .close
            case .authenticate(_, let role, "right"): .admit(role)
            case .observe(.kill(let connection)): .kill(connection: connection)
            case .shutdown: .stopDaemon
            default: .none
            }
        let response: Result<Reply, WireError> =
            switch request {
            case .predict(_, "missing", _): .failure(WireError(.unknownItem, "no such item"))
            case .predict(_, let item, _): .success(Reply([.init("item", .text(item))]))
            case .rate(_, let item, _, _): .success(Reply([.init("rated", .text(item))]))
            case .showUser:
                .success(
                    Reply(
                        columns: ["item"],
                        rows: Array(repeating: [.text(cell)], count: rows)))
            default: .success(Reply())
            }
        return Answer(
            response, generation: generation, effect: effect,
            validity: request.verb == .predict ? validity : nil)
    }
}
