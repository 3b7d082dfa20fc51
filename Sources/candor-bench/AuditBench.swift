// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorDaemon
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
        let endpoint = try CandorClient.Endpoint(socketPath: candor.path)
        let outcome = Outcome()
        let start = MonotonicClock.nanoseconds()
        Thread {
            outcome.end(Self.failure(endpoint), MonotonicClock.nanoseconds())
        }.start()
        let generator = LoadGenerator(
            path: candor.path, connections: 1, depth: 1, seconds: candor.seconds)
        var latency = LatencyHistogram()
        var rates: [Double] = []
        while outcome.ended == nil {
            let turn = try generator.run(kind.mix, as: CandorScanner.self)
            // The last turn began beside the audit and ended after it.
            guard outcome.ended == nil || rates.isEmpty else { break }
            latency.add(turn.latency)
            rates.append(turn.requestsPerSecond)
        }
        guard let ended = outcome.ended else { return }
        if let failure = ended.failure {
            throw BenchError.failed(program: Self.request, failure)
        }
        var during = Measurement("\(kind.name) while \(Self.request) runs", latency)
        during.connections = 1
        during.pipelined = 1
        during.perSecond = Summary.mean(of: rates)
        report.add(during)
        // No target: the load takes a processor and a half of two.
        report.add(
            Measurement(
                "\(Self.request), with RECOMMEND beside it",
                seconds: Double(ended.nanoseconds - start) * 1e-9))
    }

    /// Asks for the audit and waits; what went wrong, or nil.
    private static func failure(_ endpoint: CandorClient.Endpoint) -> String? {
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
