// SPDX-License-Identifier: GPL-3.0-or-later

/// The checked value of one argument or option.
enum ArgumentValue {
    /// Of the kinds user, item, userOrItem, attribute, operand, choice (lower case) and text.
    case text(String)
    case items([String])
    /// Of the kind choices, in lower case.
    case choices([String])
    case integer(Int)
    case number(Double)
    case topic(Request.HelpTopic)
    case floors([ListFloor])
}
