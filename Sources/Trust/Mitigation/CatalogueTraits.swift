// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
import Glibc
public import Ratings

/// What mitigated lists need to know of the items of one generation.
public struct CatalogueTraits: Sendable {
    /// The genres.
    public let genres: GenreMix
    /// Which items are the long tail.
    public let tail: LongTail
    /// The decade each item came out in, as its first year; nil where the year is not known.
    public let decades: [Int?]
    /// −ln φ of each item, φ being the part of the users with ratings who rated it; infinite for an
    /// item that nobody has rated.
    ///
    /// The self-information of Zhou et al. (2010), in nats.
    public let rarities: [Double]

    /// Describes the items of `catalogue`, rated by the users of `matrix`; O(items + users).
    public init(_ catalogue: Catalogue, _ matrix: RatingMatrix, _ popularity: Popularity) {
        genres = GenreMix(catalogue)
        tail = LongTail(popularity)
        decades = catalogue.items.map(\.decade)
        let raters = matrix.byUser.counts.count { $0 > 0 }
        rarities = popularity.counts.map { count in
            count > 0 ? -log(Double(count) / Double(raters)) : .infinity
        }
    }

    /// The number of items.
    public var itemCount: Int { rarities.count }
}
