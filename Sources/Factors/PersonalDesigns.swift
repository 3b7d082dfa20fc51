// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The designs of items as the scores of one user have them: with those of rated neighbours taken off.
///
/// While the user's ratings stay, the score of item j moves by z'_j·s when the vector moves by s, z'_j =
/// z_j − Σ w_k z_k. Without a neighbour's rating a it moves by a part of that rating's own, too.
public struct PersonalDesigns {
    private let designs: DesignTable
    private let profile: Profile
    /// The rated neighbours of the items that have any.
    private let neighbours: [Int32: [RatedNeighbour]]

    /// Looks for items with rated neighbours: O(ratings · neighbours · log ratings).
    public init(_ designs: DesignTable, _ profile: Profile) {
        self.designs = designs
        self.profile = profile
        var found: [Int32: [RatedNeighbour]] = [:]
        for item in profile.items {
            for follower in designs.neighbours?.followers(of: Int(item)) ?? []
            where found[follower] == nil {
                found[follower] = designs.neighbours(
                    of: ItemIndex(rawValue: follower), in: profile)
            }
        }
        neighbours = found
    }

    /// The rated neighbours of `item`: where their ratings stand in the profile, and their weights.
    public func neighbours(of item: ItemIndex) -> [(position: Int, weight: Double)] {
        neighbours[item.rawValue, default: []].map { ($0.position, $0.weight) }
    }

    /// z'_j·s for a vector in the form of a user's.
    public func product(of item: ItemIndex, with step: UserVector) -> Double {
        neighbours[item.rawValue, default: []].reduce(designs.product(of: item, with: step)) {
            let rated = ItemIndex(rawValue: profile.items[$1.position])
            return $0 - $1.weight * designs.product(of: rated, with: step)
        }
    }

    /// |z'_j − z'_t| of every item j, rounded up.
    ///
    /// O(items · dimensions).
    public func distances(from target: ItemIndex) -> [Double] {
        let own = design(of: target)
        var distances = designs.distances(from: own)
        for item in neighbours.keys {
            let square = zip(design(of: ItemIndex(rawValue: item)), own)
                .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            distances[Int(item)] = square.squareRoot() * (1 + 1e-9)
        }
        return distances
    }

    /// z'_j.
    private func design(of item: ItemIndex) -> [Double] {
        designs.design(of: item, less: neighbours[item.rawValue, default: []], in: profile)
    }

    /// z'_j·x of `items` with each of `vectors`; see `DesignTable.approximateProducts`.
    public func approximateProducts(
        of items: [ItemIndex], with vectors: [UserVector]
    ) -> ApproximateProducts {
        guard !neighbours.isEmpty else {
            return designs.approximateProducts(of: items, with: vectors)
        }
        let positions = Set(
            items.flatMap { neighbours[$0.rawValue, default: []].map(\.position) }
        ).sorted()
        let places = Dictionary(
            uniqueKeysWithValues: positions.enumerated().map { ($1, items.count + $0) })
        let rated = positions.map { ItemIndex(rawValue: profile.items[$0]) }
        var products = designs.approximateProducts(of: items + rated, with: vectors)
        for (place, item) in items.enumerated() {
            for neighbour in neighbours[item.rawValue, default: []] {
                guard let other = places[neighbour.position] else { continue }
                let weight = Float(neighbour.weight)
                for row in stride(from: 0, to: products.values.count, by: products.stride) {
                    products.values[row + place] -= weight * products.values[row + other]
                }
            }
        }
        // The neighbours' own errors, and two roundings for each of them, which the errors of products
        // of at least 16 numbers exceed.
        let reach = designs.neighbours?.largestReach ?? 0
        products.errors = products.errors.map { 2 * (1 + reach) * $0 }
        return products
    }

    /// What each rating is above the model's score of its item once it is taken out itself, in the
    /// profile's order; empty where no item has a rated neighbour.
    public func residuals(_ steps: RemovalSteps) -> [Double] {
        guard !neighbours.isEmpty else { return [] }
        return profile.items.indices.map { k in
            let item = ItemIndex(rawValue: profile.items[k])
            let score = designs.modelScore(of: item, for: steps.base)
            return Double(profile.values[k]) - score
                + designs.product(of: item, with: steps.steps[k])
        }
    }

    /// |z_k| of the item of each rating, rounded up.
    public var norms: [Double] {
        profile.items.map { item in
            let square = designs.rows.row(Int(item)).reduce(0) { $0 + Double($1) * Double($1) }
            return square.squareRoot() * (1 + 1e-9)
        }
    }
}
