// SPDX-License-Identifier: GPL-3.0-or-later

/// One sentence of a text with its mark.
public struct CheckedSentence: Sendable, Equatable {
    /// The sentence as it stands in the text, line breaks as blanks.
    public let text: String
    /// What the facts say of it.
    public let verdict: Verdict
    /// The names of the claims it was held against, in their order; empty when unverifiable.
    public let claims: [String]
    /// What the facts say instead, or why nothing can be said; empty for what is supported.
    public let note: String
}
