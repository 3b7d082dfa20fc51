// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// What an answer changes about the connection or the daemon.
public enum ConnectionEffect: Sendable, Equatable {
    /// Nothing.
    case none
    /// This reply and all later ones are rendered in another format.
    case format(ReplyFormat)
    /// The connection closes after this reply.
    case close
    /// Another connection, or this one, closes at once.
    case kill(connection: Int)
    /// The connection has this role from now on.
    case admit(Role)
    /// The server keeps other bounds from now on, and closes some connections.
    case reconfigure(Reconfiguration)
    /// The daemon stops after answering what is under way.
    case stopDaemon
}
