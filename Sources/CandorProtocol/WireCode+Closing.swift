// SPDX-License-Identifier: GPL-3.0-or-later

extension WireCode {
    /// Whether the daemon closes the connection after this error: what follows in the stream
    /// cannot be trusted to be a request, or the peer is not to have one more.
    public var closesConnection: Bool {
        switch self {
        case .lineTooLong, .httpRefused, .tooManyFailures, .authenticationOverdue, .noRole,
            .idleTooLong:
            true
        default: false
        }
    }

    /// Whether the daemon failed, and not the one who asked.
    public var isDaemonsFault: Bool { rawValue / 100 == 5 }

    /// The code whose name on the wire is `name`.
    public init?(name: String) {
        guard let code = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = code
    }
}
