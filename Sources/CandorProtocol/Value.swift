// SPDX-License-Identifier: GPL-3.0-or-later

/// One typed value of a reply, rendered as text or JSON.
public enum Value: Sendable, Equatable {
    /// Text; any characters, escaped when rendered.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number, rendered as the shortest decimal that reads back to the same bits; never NaN.
    case number(Double)
    /// A truth value: `yes` / `no` in text.
    case flag(Bool)
    /// No value: `-` in text, `null` in JSON.
    case missing
}
