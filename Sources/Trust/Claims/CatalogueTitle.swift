// SPDX-License-Identifier: GPL-3.0-or-later

/// An item of the catalogue as far as a text may name it.
public struct CatalogueTitle: Sendable, Hashable {
    /// The item's identifier.
    public let token: String
    /// Its title.
    public let title: String
    /// Its release year; nil where unknown.
    public let year: Int?

    /// Describes an item.
    public init(token: String, title: String, year: Int?) {
        self.token = token
        self.title = title
        self.year = year
    }
}
