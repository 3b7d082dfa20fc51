// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be wrong with one line of a data file.
public enum LineProblem: String, Sendable, Hashable, CaseIterable {
    /// More or fewer fields than the layout has.
    case fieldCount = "wrong number of fields"
    /// A quoted field that does not end, or goes on after its closing quote.
    case quoting = "broken quoting"
    /// A user or item identifier that is empty, too long or holds a control character.
    case identifier = "invalid identifier"
    /// An identifier that the users or movies file has twice.
    case repeatedIdentifier = "identifier listed twice"
    /// A rating by a user whom the users file does not list.
    case unknownUser = "unknown user"
    /// A rating of an item that the movies file does not list.
    case unknownItem = "unknown item"
    /// A rating that is not a finite decimal number.
    case rating = "rating is not a number"
    /// A rating outside the range that the format declares.
    case ratingRange = "rating off the scale"
    /// A time that is not a number of seconds.
    case timestamp = "timestamp is not a number"
    /// A demographic value or genre flag that the format does not know.
    case attribute = "unknown attribute value"
    /// Bytes that are not UTF-8 in a file that must be.
    case encoding = "invalid UTF-8"
    /// A NUL byte: the file is binary, damaged or UTF-16.
    case nulByte = "NUL byte"
    /// More bytes than any sensible line has.
    case overlong = "line too long"
}
