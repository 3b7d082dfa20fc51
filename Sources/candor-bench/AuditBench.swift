// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Foundation
import Synchronization

/// Measures how long an AUDIT takes and what RECOMMEND takes meanwhile.
struct AuditBench {
    private static let request = "AUDIT resamples=1000"

    /// The daemon, serving on its socket.
    let candor: SocketBench

    /// Starts an audit on a connection of its own, measures `kind` until it has ended, and says how
    /// long it took.
    func run(_ kind: Workload.Kind, report: Report) throws {
        let endpoint = try Endpoint(socketPath: candor.path)
        let outcome = Outcome()
        let start = MonotonicClock.nanoseconds()
        Thread {
            outcome.end(Self.failure(endpoint), MonotonicClock.nanoseconds())
        }.start()
        var during: [Measurement] = []
        while outcome.ended == nil {
            during.append(
                try candor.alone(
                    "\(kind.name) while \(Self.request) runs", kind.mix, as: CandorScanner.self))
        }
        guard let ended = outcome.ended else { return }
        if let failure = ended.failure {
            throw BenchError.failed(program: Self.request, failure)
        }
        // The last turn began beside the audit and ended after it.
        for turn in during.dropLast().isEmpty ? during : during.dropLast() { report.add(turn) }
        report.add(
            Comparison(
                "\(Self.request), with RECOMMEND beside it", .seconds,
                Double(ended.nanoseconds - start) * 1e-9, target: .atMost(20)))
    }

    /// Asks for the audit and waits; what went wrong, or nil.
    private static func failure(_ endpoint: Endpoint) -> String? {
        do {
            switch try Connection(to: endpoint).ask(request) {
            case .success: return nil
            case .failure(let error): return error.message
            }
        } catch {
            return "\(error)"
        }
    }

    /// What the thread that asks leaves for the one that measures.
    private final class Outcome: Sendable {
        private let state = Mutex<(failure: String?, nanoseconds: UInt64)?>(nil)

        func end(_ failure: String?, _ nanoseconds: UInt64) {
            state.withLock { $0 = (failure, nanoseconds) }
        }

        var ended: (failure: String?, nanoseconds: UInt64)? { state.withLock { $0 } }
    }
}
