// SPDX-License-Identifier: GPL-3.0-or-later

/// An external item identifier: an opaque UTF-8 token of 1–128 bytes without control characters.
public struct ItemID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The token, exactly as the data has it.
    public let token: String

    /// Wraps a token, or returns nil when it is empty, longer than 128 UTF-8 bytes or holds a
    /// control character (U+0000–U+001F, U+007F).
    public init?(_ token: String) {
        guard IdentifierRule.accepts(token) else { return nil }
        self.token = token
    }

    /// The token itself.
    public var description: String { token }

    /// Orders by the tokens' Unicode scalar order.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.token < rhs.token }
}
