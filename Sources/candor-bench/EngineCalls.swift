// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CandorProtocol
import Glibc

/// Asks an engine directly, without socket and wire.
///
/// The time of a call counts from a checked request to its answer.
struct EngineCalls {
    let engine: Engine

    /// Asks, waits for the answer if it comes later, and returns how long it took.
    func seconds(_ request: Request, number: Int) throws(BenchError) -> Double {
        let ticket = Ticket(connection: 0, sequence: number)
        let start = MonotonicClock.nanoseconds()
        let immediate = engine.begin(request, ticket: ticket, role: .operator)
        let answer = if let immediate { immediate } else { try later(ticket) }
        let end = MonotonicClock.nanoseconds()
        guard case .success = answer.response else {
            throw .refused(subject: "the engine", count: 1)
        }
        return Double(end - start) / 1e9
    }

    private func later(_ ticket: Ticket) throws(BenchError) -> Answer {
        // Ten seconds: a disk that takes longer to keep one rating is broken.
        for _ in 0..<1_000_000 {
            for case .answer(ticket, let answer) in engine.collect() { return answer }
            usleep(10)
        }
        throw .didNotStart("the journal")
    }
}
