// SPDX-License-Identifier: GPL-3.0-or-later

/// One word, number or mark of a text that is checked.
struct SentenceToken: Sendable, Equatable {
    /// The folded word, or a mark's name (`,` `lparen` `dash` …); empty for numbers.
    var word = ""
    /// The number that is written here.
    var number: WrittenNumber?
    /// The place that an ordinal in digits names: 3 for `3rd`.
    var ordinal: Int?
    /// The first year of a decade in digits: 1990 for `1990s`.
    var decade: Int?
    /// What the token adds to a title, folded; empty for marks.
    var titleWords: [String] = []
    /// Whether the token belongs to the word before it: the `'s` of `film's`.
    var isAttached = false
    /// Whether the word begins with a capital letter.
    var isCapitalised = false
    /// Whether a quotation mark opens right before it.
    var opensQuote = false
    /// Whether blanks or a line's end come before it.
    var hasSpaceBefore = false
    /// Whether a paragraph or list item begins here.
    var beginsParagraph = false
    /// Where it stands in the text, counted in Unicode scalars.
    var range: Range<Int>

    /// Whether a number, a place or a decade is written in digits here.
    var isNumeric: Bool { number != nil || ordinal != nil || decade != nil }

    /// Whether the token may end a sentence.
    var isStop: Bool { word == "." || word == "!" || word == "?" }
}
