// SPDX-License-Identifier: GPL-3.0-or-later

/// The line that the daemon sends first on every connection, in text whatever follows.
public struct Greeting: Sendable, Equatable {
    /// The protocol version that the daemon speaks.
    public let protocolVersion: Int
    /// The server's name and version, for example `candord/0.1.0`.
    public let server: String
    /// The serving generation's number at that moment.
    public let generation: Int
    /// The connection's role; nil when it is one that this version does not know.
    public let role: Role?

    /// Joins the parts.
    public init(
        server: String, generation: Int, role: Role?,
        protocolVersion: Int = Limits.protocolVersion
    ) {
        self.protocolVersion = protocolVersion
        self.server = server
        self.generation = generation
        self.role = role
    }

    /// Appends the line, its end included:
    /// `CANDOR 1 <server> generation=<number> role=<role>`.
    public func render(into output: inout [UInt8]) {
        output.append(contentsOf: "\(Self.mark) \(protocolVersion) ".utf8)
        Quoting.appendWord(server, to: &output)
        output.append(contentsOf: " generation=\(generation) role=\(role?.rawValue ?? "-")\n".utf8)
    }

    /// The line's first word.
    static let mark = "CANDOR"
}
