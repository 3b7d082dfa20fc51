// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import Credentials

/// The daemon to talk to: where it listens, and what is proven to it.
struct Daemon {
    let endpoint: Endpoint
    /// What to prove where it asks who comes; nil: nothing.
    var token: AccessToken?

    /// A new connection.
    func connect(timeoutSeconds: Double? = nil) throws(ConnectionError) -> Connection {
        try Connection(to: endpoint, token: token, timeoutSeconds: timeoutSeconds)
    }
}
