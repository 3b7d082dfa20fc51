// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How neighbours enter scores.
///
/// With N the rated neighbours of item j, w_k their weights and r_k what the user rated them, the
/// score of j is base(j) + z_j·x + Σ_N w_k (r_k − base(k) − z_k·x): the same as of an item with the
/// design z_j − Σ_N w_k z_k that has Σ_N w_k (r_k − base(k)) added.
extension DesignTable {
    /// The neighbours of `item` in `profile`, in its order.
    func neighbours(of item: ItemIndex, in profile: Profile) -> [RatedNeighbour] {
        guard let neighbours, !profile.isEmpty else { return [] }
        return neighbours.range(of: item.position).compactMap { place in
            profile.position(of: ItemIndex(rawValue: neighbours.items[place])).map {
                RatedNeighbour(position: $0, weight: Double(neighbours.weights[place]))
            }
        }
    }

    /// What the neighbours add to the score of `item`; 0 for a table without any.
    func addition(to item: ItemIndex, for vector: UserVector) -> Double {
        guard let neighbours, let rated = vector.rated else { return 0 }
        var sum = 0.0
        for place in neighbours.range(of: item.position) {
            let neighbour = ItemIndex(rawValue: neighbours.items[place])
            guard let position = rated.position(of: neighbour) else { continue }
            let residual =
                Double(rated.values[position]) - modelScore(of: neighbour, for: vector)
            sum += Double(neighbours.weights[place]) * residual
        }
        return sum
    }

    /// z_j − Σ w_k z_k, `dimensions` long: what a user's vector is multiplied by in the score of `item`.
    func design(
        of item: ItemIndex, less neighbours: [RatedNeighbour], in profile: Profile
    ) -> [Double] {
        var design = rows.row(item.position).map(Double.init)
        for neighbour in neighbours {
            let row = rows.row(Int(profile.items[neighbour.position]))
            for (d, value) in row.enumerated() { design[d] -= neighbour.weight * Double(value) }
        }
        return design
    }

    /// Adds to each neighbour's share what its rating adds by itself: w_k (r_k − base(k)).
    func add(_ neighbours: [RatedNeighbour], in profile: Profile, to shares: inout [Double]) {
        for neighbour in neighbours {
            let rated = ItemIndex(rawValue: profile.items[neighbour.position])
            let above = Double(profile.values[neighbour.position]) - base(of: rated)
            shares[neighbour.position] += neighbour.weight * above
        }
    }

    /// The items that have a rated neighbour, `excluded` left out, with the bits of their scores, in no
    /// useful order.
    ///
    /// O(ratings · dimensions + items): each rating's residual serves all that it is a neighbour of.
    func scoredFollowers(
        of vector: UserVector, without excluded: ArraySlice<Int32>
    ) -> [ScoredItem] {
        guard let neighbours, let rated = vector.rated else { return [] }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: itemCount) { additions in
            additions.initialize(repeating: .nan)
            for item in excluded { additions[Int(item)] = .infinity }
            var found: [Int32] = []
            // Ascending, so that additions are summed in the order of `addition(to:for:)`.
            for (item, value) in zip(rated.items, rated.values)
            where !neighbours.followers(of: Int(item)).isEmpty {
                let score = modelScore(of: ItemIndex(rawValue: item), for: vector)
                let residual = Double(value) - score
                for (follower, weight) in neighbours.weightedFollowers(of: Int(item)) {
                    let sum = additions[Int(follower)]
                    guard sum != .infinity else { continue }
                    if sum.isNaN { found.append(follower) }
                    additions[Int(follower)] = (sum.isNaN ? 0 : sum) + Double(weight) * residual
                }
            }
            return found.map { position in
                let item = ItemIndex(rawValue: position)
                return ScoredItem(
                    item: item,
                    score: modelScore(of: item, for: vector) + additions[Int(position)])
            }
        }
    }
}
