// SPDX-License-Identifier: GPL-3.0-or-later

/// The program's name and version, as greetings and HELLO give it.
public enum ServerName {
    /// The version of the program, not of the protocol.
    public static let version = "0.1.0"
    /// `candord/` and the version.
    public static let full = "candord/" + version
}
