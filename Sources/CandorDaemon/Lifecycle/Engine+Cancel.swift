// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// A CANCEL that waits until the work has ended.
struct Cancellation: Sendable {
    /// Who asked for it.
    let ticket: Ticket
    /// The request whose work is to end.
    let cancelled: Ticket
    /// What kind of work it is.
    let work: CancellableWork
}

extension Engine {
    /// Asks one kind of work to stop; the answer comes when it has.
    func cancel(_ ticket: Ticket, _ work: CancellableWork) throws(WireError) {
        let job =
            switch work {
            case .retrain: retrainJob
            case .audit: auditJob
            case .report: reportJob
            case .export: exportJob
            case .fidelity: fidelityJob
            }
        guard let job else {
            throw WireError(
                .nothingToCancel, "no \(work.rawValue) is running; there is nothing to cancel")
        }
        job.cancel()
        cancellations.append(
            Cancellation(ticket: ticket, cancelled: job.ticket, work: work))
    }

    /// The answers to everybody who waited for the end of the work that `answer` ends.
    func endedCancellations(_ ticket: Ticket, _ answer: Answer) -> [Delivery] {
        let ended = cancellations.filter { $0.cancelled == ticket }
        guard !ended.isEmpty else { return [] }
        cancellations.removeAll { $0.cancelled == ticket }
        var isStopped = false
        if case .failure(let error) = answer.response { isStopped = error.code == .cancelled }
        return ended.map { cancellation in
            let reply = Reply([
                .init("work", .text(cancellation.work.rawValue)),
                .init("stopped", .flag(isStopped)),
            ])
            return .answer(cancellation.ticket, Answer(.success(reply), generation: generation))
        }
    }
}
