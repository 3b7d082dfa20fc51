// SPDX-License-Identifier: GPL-3.0-or-later

/// An item that a text names, by what the facts know of it.
enum NamedItem: Hashable, Sendable {
    /// The item that the answer is about.
    case item
    /// An item that the user has rated, by its place among the contributions.
    case rated(Int)
    /// An item of the catalogue that the user has not rated.
    case other(CatalogueTitle)
}
