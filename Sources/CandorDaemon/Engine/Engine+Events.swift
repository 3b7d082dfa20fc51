// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// Tells those who WATCH what has happened.
    ///
    /// The one place where events come from. Never waits for a watcher, and costs next to nothing
    /// when there is none. `fields` must not hold anything of a user.
    func publish(_ kind: EventKind, _ fields: [Reply.Field] = []) {
        let (event, tickets) = feed.publish(
            kind, fields, generation: generation, at: clock.now())
        guard !tickets.isEmpty else { return }
        inbox.post(tickets.map { .event($0, event) })
    }

    /// Begins to watch for `kinds`, or for all that `role` may know of when there are none.
    func watch(_ ticket: Ticket, _ kinds: [EventKind], role: Role) throws(WireError) {
        for kind in kinds where kind.role > role {
            throw WireError(
                .notPermitted,
                "events of the kind \(kind.rawValue) are for the role \(kind.role.rawValue) and "
                    + "this connection has \(role.rawValue); WATCH alone tells all it may know")
        }
        let watched = kinds.isEmpty ? EventKind.watchable.filter { $0.role <= role } : kinds
        feed.add(ticket, watched)
    }

    /// Ends a WATCH; see `RequestService`.
    public func conclude(_ ticket: Ticket) { endWatch(ticket, because: "next-line") }

    /// Ends every WATCH because the daemon stops.
    func endWatches() {
        for ticket in feed.tickets { endWatch(ticket, because: "shutdown") }
    }

    /// The answer goes the way of the events, so that it comes after all of them.
    private func endWatch(_ ticket: Ticket, because reason: String) {
        guard let count = feed.remove(ticket) else { return }
        let reply = Reply([
            .init("events", .integer(count)), .init("ended", .text(reason)),
        ])
        inbox.post([.finish { .answer(ticket, $0.answer(reply)) }])
    }

    /// Tells that long work has begun.
    func publishBegin(_ verb: Verb, _ ticket: Ticket) {
        // Because `announce` tells how a retrain begins and ends.
        guard let kind = EventKind(work: verb), kind != .retrain else { return }
        publish(kind, Self.workFields("began", ticket))
    }

    /// Tells that long work has come further.
    func publishProgress(_ ticket: Ticket, _ progress: Progress) {
        guard let kind = waiting[ticket].flatMap(EventKind.init(work:)) else { return }
        // As exact as progress lines.
        let percent = (progress.fraction * 1000).rounded() / 10
        publish(
            kind,
            Self.workFields("progress", ticket) + [
                .init("percent", .number(percent)), .init("step", .text(progress.stage)),
            ])
    }

    /// Tells that long work has ended, and how.
    func publishEnd(_ verb: Verb, _ ticket: Ticket, _ answer: Answer) {
        guard let kind = EventKind(work: verb), kind != .retrain else { return }
        switch answer.response {
        case .success: publish(kind, Self.workFields("finished", ticket))
        case .failure(let error):
            publish(
                kind, Self.workFields("failed", ticket) + [.init("reason", .text(error.code.name))])
        }
    }

    private static func workFields(_ state: String, _ ticket: Ticket) -> [Reply.Field] {
        [.init("state", .text(state)), .init("request", .text("\(ticket)"))]
    }
}
