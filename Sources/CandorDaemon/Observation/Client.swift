// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Credentials

/// An open connection and what it has asked for so far.
///
/// A class, because it is changed with every request where it lies.
final class Client {
    let peer: Peer
    /// What it may do.
    private(set) var role: Role
    /// The token that it has proven to hold.
    private(set) var token: AccessToken?
    /// When it connected, in seconds since 1970.
    let connectedAt: Int
    /// When it last got an answer, or connected.
    private(set) var activeAt: Int
    private(set) var requestCount = 0
    private(set) var errorCount = 0
    /// The verb answered last.
    private(set) var lastVerb: Verb?

    /// A connection that has asked for nothing yet.
    init(_ peer: Peer, at now: Int) {
        self.peer = peer
        role = peer.role
        connectedAt = now
        activeAt = now
    }

    /// What that token is called.
    var tokenName: String? { token?.name }

    /// Gives it the role that it has proven to have.
    func admit(_ role: Role, by token: AccessToken) {
        self.role = role
        self.token = token
    }

    func record(_ request: FinishedRequest, at now: Int) {
        activeAt = now
        requestCount += 1
        if request.code != nil { errorCount += 1 }
        lastVerb = request.verb
    }
}
