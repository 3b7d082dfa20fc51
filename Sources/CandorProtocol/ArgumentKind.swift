// SPDX-License-Identifier: GPL-3.0-or-later

/// The kinds of values that arguments take; completion offers values by kind.
public enum ArgumentKind: Sendable, Equatable {
    /// A user identifier: 1–128 bytes without control characters.
    case user
    /// An item identifier: 1–128 bytes without control characters.
    case item
    /// Item identifiers, separated by commas; a comma of an identifier's own is written twice.
    case items
    /// A user or item identifier, according to the word before it.
    case userOrItem
    /// A whole number within the range.
    case integer(ClosedRange<Int>)
    /// A finite decimal number within the range.
    case number(ClosedRange<Double>)
    /// One of a few fixed words, in lower case; case is ignored.
    case choice([String])
    /// One or more of a few fixed words, no two alike, with commas between them.
    case choices([String])
    /// The name of a user attribute of the data, for example `gender`.
    case attribute
    /// Names of user attributes, no two alike, separated by commas; a comma of a name's own is written
    /// twice.
    case attributes
    /// One word, whose meaning depends on the word before it.
    case operand
    /// A file or folder by its path inside a directory of the daemon's configuration.
    case path
    /// A verb's name, or `--table`.
    case topic
    /// Exposure floors of a list, joined by commas; see `ListFloor`.
    case floors
    /// Free text: this word and all that follow, joined by single spaces.
    case text
    /// Free text of several lines: as `text`, line breaks and tabs allowed.
    case passage
}
