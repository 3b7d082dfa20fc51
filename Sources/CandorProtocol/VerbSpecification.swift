// SPDX-License-Identifier: GPL-3.0-or-later

/// One verb's row: all that parsing, help, completion and documentation need to know.
///
/// Immutable; a class, so that every request can be handed its row for one reference count.
public final class VerbSpecification: Sendable {
    /// The verb.
    public let verb: Verb
    /// The verb's place in the table, from 0.
    public let position: Int
    /// Who may use it.
    public let role: Role
    /// Positional arguments in order; optional ones come last.
    public let arguments: [ArgumentSpecification]
    /// `key=value` options, in any order after or between the arguments.
    public let options: [ArgumentSpecification]
    /// The reply's possible tables: the column names of each; empty when there is never a body.
    public let tables: [[String]]
    /// One sentence.
    public let summary: String
    /// What it does in full, as lines of at most 80 characters.
    public let detail: [String]
    /// The error codes it can answer with, besides those any request can meet.
    public let errors: [WireCode]
    /// A request line that is valid.
    public let example: String
    /// Whether it may take long: its reply can be preceded by progress lines.
    public let isLong: Bool
    /// The protocol version that introduced it.
    public let since: Int

    init(
        _ verb: Verb, role: Role = .reader, arguments: [ArgumentSpecification] = [],
        options: [ArgumentSpecification] = [], tables: [[String]] = [], summary: String,
        detail: [String] = [], errors: [WireCode] = [], example: String, isLong: Bool = false,
        since: Int = 1
    ) {
        self.verb = verb
        guard let position = Verb.allCases.firstIndex(of: verb) else {
            preconditionFailure("\(verb.rawValue) is not among all verbs")
        }
        self.position = position
        self.role = role
        self.arguments = arguments
        self.options = options
        self.tables = tables
        self.summary = summary
        self.detail = detail
        self.errors = errors
        self.example = example
        self.isLong = isLong
        self.since = since
    }
}
