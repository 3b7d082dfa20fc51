// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The bounds that a server keeps.
public struct ServingOptions: Sendable, Equatable {
    /// Connections at a time; one more is told so and closed.
    public var connectionsMax = Limits.connectionsMax
    /// Connections of one address, or of one user of a Unix socket, at a time.
    public var connectionsPerPeerMax = Limits.connectionsPerPeerMax
    /// Who may do what over a Unix socket.
    public var roles = PeerRoles.standard
    /// How long nothing may be asked before a connection is closed; 0: for ever.
    public var idleSeconds = 3600.0
    /// How long a peer may take none of the answers that wait for it; 0: for ever.
    public var writeSeconds = 60.0
    /// How long a peer that must prove who it is has for that; 0: for ever.
    public var authenticationSeconds = 15.0
    /// How long a drain waits for requests under way and for slow readers.
    public var drainSeconds = 10.0
    /// How long, in a drain, those may still ask who have connected and not asked yet: whoever asks at
    /// once does so within this time, if the machine is not very busy.
    public var freshSeconds = 0.1
    /// Memory for answers that are kept because their lines may come again; 0 keeps none.
    ///
    /// What a server began with stays.
    public var keptAnswersBytesMax = 32 << 20
    /// The bounds of each connection.
    public var session = Session()

    /// The defaults.
    public init() {}

    /// Connections at a time that have not proven who they are: a quarter, so that those who have
    /// find room.
    var guestsMax: Int { max(connectionsMax / 4, 1) }

    /// The bounds of one connection.
    public struct Session: Sendable, Equatable {
        /// The longest request line.
        public var lineBytesMax = Limits.lineBytesMax
        /// Bytes of replies that may wait before reading stops.
        public var outputBytesMax = Limits.outputBytesMax
        /// Requests that may wait for their answers before reading stops.
        public var pipelinedRequestsMax = Limits.pipelinedRequestsMax
        /// Requests begun before the other connections have their turn.
        public var requestsPerTurnMax = 64
        /// Time taken, before the other connections have their turn.
        public var nanosecondsPerTurnMax: UInt64 = 1_000_000

        /// The defaults.
        public init() {}
    }
}
