// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

extension Engine {
    /// Tells what happened to the generations: the one place for whoever is to hear of it, be it in
    /// the log or by WATCH.
    ///
    /// Call it once what happened is in force. `ticket` is the request that had it happen.
    func announce(_ event: LifecycleEvent, for ticket: Ticket = .nobody) {
        log.log(level: event.level, "\(event)")
        for (kind, fields) in Self.news(of: event) {
            publish(
                kind,
                fields + (ticket == .nobody ? [] : [.init("request", .text("\(ticket)"))]))
        }
    }

    /// What those who WATCH are told of it, in order.
    ///
    /// Readers are told codes and the gates' findings, which INFO and GENERATIONS show them too, but
    /// no messages, which may name files.
    private static func news(
        of event: LifecycleEvent
    ) -> [(kind: EventKind, fields: [Reply.Field])] {
        switch event {
        case .retrainBegan: [(.retrain, [state("began")])]
        case .retrainUnchanged: [(.retrain, [state("finished"), outcome("unchanged")])]
        case .retrainFailed(let error): [(.retrain, [state("failed"), reason(error.code)])]
        case .refused(let number, let reasons):
            [
                (
                    .retrain,
                    [
                        state("failed"), reason(.generationRefused),
                        .init("refused", .integer(number)), gates(reasons),
                    ]
                )
            ]
        case .retrained(_, let previous, _):
            [
                (.generation, [.init("previous", .integer(previous)), cause("retrained")]),
                (.retrain, [state("finished"), outcome("promoted")]),
            ]
        case .promoted(_, let previous, let confirmation, let overruled):
            [
                (
                    .generation,
                    [.init("previous", .integer(previous)), cause("promoted")]
                        + (confirmation.map {
                            [.init("confirm_by", .integer($0.deadlineSeconds))]
                        } ?? [])
                        + (overruled.isEmpty ? [] : [gates(overruled)])
                )
            ]
        case .confirmed: [(.confirmation, [state("confirmed")])]
        case .rolledBack(let from, _):
            [(.generation, [.init("previous", .integer(from)), cause("rolled-back")])]
        case .reverted(let from, _):
            [(.generation, [.init("previous", .integer(from)), cause("reverted")])]
        case .revertFailed(_, let error):
            [(.confirmation, [state("failed"), reason(error.code)])]
        }
    }

    private static func state(_ name: String) -> Reply.Field { .init("state", .text(name)) }

    private static func outcome(_ name: String) -> Reply.Field { .init("outcome", .text(name)) }

    private static func cause(_ name: String) -> Reply.Field { .init("cause", .text(name)) }

    private static func reason(_ code: WireCode) -> Reply.Field {
        .init("reason", .text(code.name))
    }

    private static func gates(_ reasons: [String]) -> Reply.Field {
        .init("gates", .text(reasons.joined(separator: "; ")))
    }
}
