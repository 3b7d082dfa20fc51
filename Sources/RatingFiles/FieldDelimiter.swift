// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands between the fields of a line.
enum FieldDelimiter: Sendable, Equatable {
    /// A comma; fields may be quoted as in RFC 4180.
    case comma
    /// A tab.
    case tab
    /// Two colons.
    case doubleColon
    /// A vertical bar.
    case bar

    /// The text itself.
    var text: String {
        switch self {
        case .comma: ","
        case .tab: "\t"
        case .doubleColon: "::"
        case .bar: "|"
        }
    }

    /// The text as error messages show it.
    var shown: String { self == .tab ? "<TAB>" : text }
}
