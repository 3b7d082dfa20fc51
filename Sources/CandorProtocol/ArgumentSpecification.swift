// SPDX-License-Identifier: GPL-3.0-or-later

/// One argument or option of a verb: name, kind, range, unit and default.
public struct ArgumentSpecification: Sendable, Equatable {
    /// The name, in lower case; an option is written `name=value`.
    public let name: String
    /// What values it takes.
    public let kind: ArgumentKind
    /// Whether the argument may be left out; options always may.
    public let isOptional: Bool
    /// What it means, unit included, as a phrase; mentions the default.
    public let summary: String

    init(_ name: String, _ kind: ArgumentKind, optional: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        self.isOptional = optional
        self.summary = summary
    }
}
