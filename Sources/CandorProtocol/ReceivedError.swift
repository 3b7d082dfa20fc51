// SPDX-License-Identifier: GPL-3.0-or-later

/// An error reply as a client reads it; the code may be one that this version does not know.
public struct ReceivedError: Error, Sendable, Equatable {
    /// The request's tag without its `@`.
    public let tag: String?
    /// The code's number; its hundreds are its class.
    public let code: Int
    /// The code's name.
    public let name: String
    /// What to tell a person.
    public let message: String

    /// Joins the parts.
    public init(tag: String? = nil, code: Int, name: String, message: String) {
        self.tag = tag
        self.code = code
        self.name = name
        self.message = message
    }

    /// The code, when this version knows it.
    public var wireCode: WireCode? { WireCode(rawValue: code) }
}
