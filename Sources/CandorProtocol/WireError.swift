// SPDX-License-Identifier: GPL-3.0-or-later

/// A refusal as it goes over the wire: a code and a message that says what to do next.
public struct WireError: Error, Sendable, Equatable {
    /// The code, which programs act on.
    public let code: WireCode
    /// One line for people, without control characters.
    public let message: String

    /// Joins a code and its message.
    public init(_ code: WireCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
