// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// Who is at the other end of a connection, as far as is known.
public struct Peer: Sendable, Equatable {
    /// The connection's number, never used again within a run.
    public let connection: Int
    /// What it may do from the start.
    public let role: Role
    /// Where it came in: a socket's path or name, or an address.
    public let endpoint: String
    /// The process that connected, on the same machine; nil over TCP.
    public let processID: Int?
    /// The user it runs as; nil over TCP.
    public let userID: Int?

    /// The address it connected from and its port; nil on a Unix socket.
    public let address: String?
    /// Whom limits on peers count it as: an address or a user.
    public let owner: String

    /// Joins the parts.
    public init(
        connection: Int, role: Role, endpoint: String, processID: Int? = nil, userID: Int? = nil,
        address: String? = nil, owner: String = ""
    ) {
        self.connection = connection
        self.role = role
        self.endpoint = endpoint
        self.processID = processID
        self.userID = userID
        self.address = address
        self.owner = owner
    }
}
