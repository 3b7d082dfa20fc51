// SPDX-License-Identifier: GPL-3.0-or-later

/// One word of a line, as positions in the line's bytes.
struct Token {
    /// The name before `=`, when the word is an option or a field.
    var name: Range<Int>?
    /// The word, or the value after `=`; without its quotes.
    var content: Range<Int>
    /// Whether it stood between quotes.
    var isQuoted: Bool
    /// The content with its escapes resolved, when it has any.
    var resolved: String?
}
