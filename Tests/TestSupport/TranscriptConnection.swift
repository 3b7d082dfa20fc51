// SPDX-License-Identifier: GPL-3.0-or-later

/// One connection to a daemon, as a transcript uses it.
public protocol TranscriptConnection {
    /// Sends bytes, all at once.
    func send(_ bytes: [UInt8]) throws

    /// Waits for the next line and returns it without its end; nil when the daemon has closed.
    func line() throws -> String?

    /// Says that nothing more will be sent.
    func endInput() throws
}
