// SPDX-License-Identifier: GPL-3.0-or-later

/// What one request line says, or why it says nothing.
public struct ParsedLine: Sendable, Equatable {
    /// The tag without its `@`, to be echoed on every line of the answer that begins one.
    public let tag: String?
    /// The verb, as far as the line got.
    public let verb: Verb?
    /// The request, or the refusal to answer with.
    public let request: Result<Request, WireError>

    /// Joins the parts.
    public init(tag: String?, verb: Verb?, request: Result<Request, WireError>) {
        self.tag = tag
        self.verb = verb
        self.request = request
    }
}
