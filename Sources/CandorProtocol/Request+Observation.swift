// SPDX-License-Identifier: GPL-3.0-or-later

extension Request {
    /// A question about the daemon itself, or what follows from such an answer.
    public enum Observation: Sendable, Equatable {
        case stats
        case metrics
        case slowlog(limit: Int)
        case clients
        case kill(connection: Int)

        var verb: Verb {
            switch self {
            case .stats: .stats
            case .metrics: .metrics
            case .slowlog: .slowlog
            case .clients: .clients
            case .kill: .kill
            }
        }

        func add(to line: inout RequestLineBuilder) {
            switch self {
            case .stats, .metrics, .clients: break
            case .slowlog(let limit): line.add("limit", limit)
            case .kill(let connection): line.add(word: String(connection))
            }
        }
    }
}
