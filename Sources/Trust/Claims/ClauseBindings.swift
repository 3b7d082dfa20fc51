// SPDX-License-Identifier: GPL-3.0-or-later

/// What the slots of a clause took.
struct ClauseBindings: Sendable, Equatable {
    /// Numbers, stars and percentages by name.
    var quantities: [String: Quantity] = [:]
    /// Mentions of items by name.
    var titles: [String: [TitleMention]] = [:]
    /// Genres by name.
    var genres: [String: [String]] = [:]
    /// Years by name: one, or a decade.
    var years: [String: ClosedRange<Int>] = [:]
    /// Flags that were raised.
    var flags: Set<String> = []

    /// Whether the clause is negated.
    var isNegated: Bool { flags.contains("not") }
}
