// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// How many connections each peer has at the moment, and how many are guests.
struct PeerCounts {
    private var byOwner: [String: Int] = [:]
    private(set) var guests = 0

    /// Throws `limitExceeded` when one more connection of the peer would be too many.
    func check(_ peer: Peer, _ options: ServingOptions) throws(WireError) {
        guard byOwner[peer.owner, default: 0] < options.connectionsPerPeerMax else {
            throw Server.limitExceeded(
                "\(options.connectionsPerPeerMax) connections of \(peer.owner) are open, which is "
                    + "the limit of one peer")
        }
        guard peer.role > .guest || guests < options.guestsMax else {
            throw Server.limitExceeded(
                "\(guests) connections have not proven who they are, which is the limit")
        }
    }

    /// Counts a connection.
    mutating func add(_ peer: Peer) {
        byOwner[peer.owner, default: 0] += 1
        if peer.role == .guest { guests += 1 }
    }

    /// Counts a guest no longer as one.
    mutating func admit() { guests -= 1 }

    /// Forgets a connection.
    mutating func remove(_ peer: Peer, isGuest: Bool) {
        let rest = byOwner[peer.owner, default: 1] - 1
        byOwner[peer.owner] = rest > 0 ? rest : nil
        if isGuest { guests -= 1 }
    }
}
