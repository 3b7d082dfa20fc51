// SPDX-License-Identifier: GPL-3.0-or-later

/// The published limits of protocol 1.
public enum Limits {
    /// The protocol version spoken here.
    public static let protocolVersion = 1
    /// The longest request line in bytes, its end not counted: RATE with a tag, two identifiers of
    /// 128 bytes in their longest spelling (ten characters a byte: `\u{00007e}`), a number and an
    /// option takes under 2,800.
    public static let lineBytesMax = 4096
    /// The longest identifier in bytes.
    public static let identifierBytesMax = 128
    /// The longest tag in bytes, its `@` not counted: a UUID in hexadecimal takes 36.
    public static let tagBytesMax = 64
    /// Rows that one reply may be asked for.
    public static let rowsMax = 1000
    /// Bytes of replies that wait for a slow reader before the daemon stops reading its requests.
    public static let outputBytesMax = 1 << 20
    /// Requests of one connection that wait for their answers before the daemon stops reading.
    public static let pipelinedRequestsMax = 1024
    /// Connections at a time, unless the daemon is configured otherwise; well below the 1,024
    /// descriptors that a process usually may have.
    public static let connectionsMax = 512
    /// Connections of one peer at a time, unless the daemon is configured otherwise.
    public static let connectionsPerPeerMax = 256
    /// The most bytes of one reply, which a client may rely on: `rowsMax` rows of eight cells of
    /// 2,048 bytes.
    public static let replyBytesMax = 1 << 24
}
