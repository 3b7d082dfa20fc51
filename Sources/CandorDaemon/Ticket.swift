// SPDX-License-Identifier: GPL-3.0-or-later

/// Which request of which connection an answer belongs to.
public struct Ticket: Hashable, Sendable, CustomStringConvertible {
    /// The connection's number, never used again within a run.
    public let connection: Int
    /// The request's number on that connection, from 0.
    public let sequence: Int

    /// Joins the two numbers.
    public init(connection: Int, sequence: Int) {
        self.connection = connection
        self.sequence = sequence
    }

    /// The request's identifier in logs and lists: `connection.sequence`.
    public var description: String { "\(connection).\(sequence)" }
}
