// SPDX-License-Identifier: GPL-3.0-or-later

/// What takes ratings one by one, in the order of their source.
public protocol RatingSink: ~Copyable {
    /// Adds one rating at the end; `timestamp` in seconds since 1970, 0 where it is unknown.
    mutating func append(user: UserIndex, item: ItemIndex, value: Float, timestamp: Int64)
}
