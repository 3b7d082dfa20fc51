// SPDX-License-Identifier: GPL-3.0-or-later

/// The published limits of protocol 1.
public enum Limits {
    /// The protocol version spoken here.
    public static let protocolVersion = 1
    /// The longest request line in bytes, its end not counted: RATE with two identifiers of 128
    /// bytes, each byte escaped as `\xNN` (512), a number and an option take under 1,200.
    public static let lineBytesMax = 4096
    /// The longest identifier in bytes.
    public static let identifierBytesMax = 128
    /// Rows that one reply may be asked for.
    public static let rowsMax = 1000
    /// Bytes of replies that wait for a slow reader before the daemon stops reading its requests.
    public static let outputBytesMax = 1 << 20
}
