// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
public import Ratings

/// The genres of a catalogue's items, each item spread evenly over its own.
public struct GenreShares: Sendable {
    /// The genres' names, in the order of first use.
    public let names: [String]
    private let genres: [[Int32]]

    /// Collects the genres of all items, in O(items).
    public init(_ catalogue: Catalogue) {
        var names: [String] = []
        var places: [String: Int32] = [:]
        genres = catalogue.items.map { item in
            // A genre that is listed twice counts once.
            var own: [Int32] = []
            for name in item.genres {
                let place = places[name] ?? Int32(names.count)
                if place == names.count {
                    places[name] = place
                    names.append(name)
                }
                if !own.contains(place) { own.append(place) }
            }
            return own
        }
        self.names = names
    }

    /// The positions in `names` of one item's genres.
    public func genres(of item: ItemIndex) -> [Int32] { genres[item.position] }

    /// The mean of p(genre | item) over the items that have genres, 1 / (the number of its genres)
    /// for each (Steck 2018, equations 2 and 3, all weights 1); nil where none of them has.
    public func distribution(of items: some Sequence<ItemIndex>) -> [Double]? {
        var shares = [Double](repeating: 0, count: names.count)
        var count = 0
        for item in items {
            let own = genres[item.position]
            guard !own.isEmpty else { continue }
            count += 1
            for genre in own { shares[Int(genre)] += 1 / Double(own.count) }
        }
        guard count > 0 else { return nil }
        for genre in shares.indices { shares[genre] /= Double(count) }
        return shares
    }

    /// What keeps the divergence finite: this part of p is mixed into q (Steck 2018, equation 7).
    public static let smoothing = 0.01

    /// Σ p ln(p / q̃) with q̃ = (1 − α) q + α p, α = `smoothing` (Steck 2018, equation 6): how far the
    /// genres q of a list are from the genres p of a taste; 0 when they agree, in nats.
    public static func divergence(of list: [Double], from taste: [Double]) -> Double {
        zip(taste, list).reduce(0) { sum, pair in
            let (p, q) = pair
            guard p > 0 else { return sum }
            return sum + p * log(p / ((1 - smoothing) * q + smoothing * p))
        }
    }
}
