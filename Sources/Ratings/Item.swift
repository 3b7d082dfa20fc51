// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known of one item besides its ratings.
public struct Item: Sendable, Equatable {
    /// The external identifier.
    public let id: ItemID
    /// The display title as the data has it, for example `Matrix, The (1999)`.
    ///
    /// The identifier itself where the data has no titles. Untrusted text.
    public let title: String
    /// Genre names in the data's order; empty when unknown.
    public let genres: [String]
    /// The release year, when the title or a column gives one.
    public let year: Int?

    /// Describes one item.
    public init(id: ItemID, title: String, genres: [String] = [], year: Int? = nil) {
        self.id = id
        self.title = title
        self.genres = genres
        self.year = year
    }

    /// The first year of the decade of `year`; nil where that is unknown.
    public var decade: Int? { year.map { $0 - ($0 % 10 + 10) % 10 } }
}
