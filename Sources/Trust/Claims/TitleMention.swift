// SPDX-License-Identifier: GPL-3.0-or-later

/// An item as a sentence names it, with what is said of it in passing.
struct TitleMention: Sendable, Equatable {
    /// The items that may be meant.
    var items: [NamedItem]
    /// The year that is given with the title.
    var year: Int?
    /// The user's rating that is given with it.
    var stars: Quantity?
    /// The part of all shares, in percent, that is given with it.
    var percent: Quantity?
    /// The share that is given with it.
    var share: Quantity?
}
