// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What taking one rating at a time out does to scores, without a vector for each.
///
/// With v = A⁻¹z, y = x − ℓ A⁻¹pull and m = w (z·y − t) / (1 − w z·v), all of the rating k that is taken
/// out, the vector without it is y + m v (Sherman & Morrison 1950): m does not depend on the item. With
/// u = A⁻¹z_j item j's score changes by u·(m z − ℓ pull). So one solve for each rating and one for each
/// item serve all their pairs; both are kept.
final class SingleRemovals<System: CounterfactualSystem> {
    private let system: System
    private let base: CounterfactualBase
    /// m of each rating in each block; empty where digits would be lost.
    private var moves: [Int: [Double]] = [:]
    private var last: Direction?

    /// What an item's score is moved along.
    private struct Direction {
        let item: ItemIndex
        let neighbours: [RatedNeighbour]
        let score: Double
        /// u.
        let solved: [Double]
        /// What u·pull is made with; nil for a head without pulls.
        let dual: [Double]?
    }

    /// `base` is the system's for one rating less.
    init(_ system: System, _ base: CounterfactualBase) {
        self.system = system
        self.base = base
    }

    /// The score of `item` without the k-th rating; nil where the closed form would lose digits, and of
    /// a neighbour.
    func score(of item: ItemIndex, without k: Int) -> Double? {
        let moves = moves(k)
        guard !moves.isEmpty else { return nil }
        let direction = direction(of: item)
        // Without a neighbour the item's score is made in another way.
        guard !direction.neighbours.contains(where: { $0.position == k }) else { return nil }
        let width = system.width
        var change = 0.0
        direction.solved.withUnsafeBufferPointer { solved in
            // Non-nil because a system has a block.
            guard let u = solved.baseAddress else { return }
            for block in 0..<system.blockCount {
                change += moves[block] * system.product(k, block, with: u + block * width)
            }
        }
        direction.dual?.withUnsafeBufferPointer { dual in
            guard let d = dual.baseAddress else { return }
            for block in 0..<system.blockCount {
                change -= base.linkScale * system.pullProduct(k, block, with: d + block * width)
            }
        }
        return direction.score + system.unit(without: 1) * change
    }

    private func direction(of item: ItemIndex) -> Direction {
        if let last, last.item == item { return last }
        let neighbours = system.designs.neighbours(of: item, in: system.profile)
        let solved = base.solve(system.scoreDesign(of: item, less: neighbours))
        let direction = Direction(
            item: item, neighbours: neighbours,
            score: system.designs.score(of: item, for: base.vector), solved: solved,
            dual: system.pullDual(of: solved))
        last = direction
        return direction
    }

    private func moves(_ k: Int) -> [Double] {
        if let known = moves[k] { return known }
        let found = solvedMoves(k)
        moves[k] = found
        return found
    }

    private func solvedMoves(_ k: Int) -> [Double] {
        let value = system.profile.values[k]
        let solved = base.solve(system.design(k))
        let weights = system.weights(k, as: value)
        let targets = system.targets(k, as: value)
        let pull = system.pull(k)
        return solved.withUnsafeBufferPointer { solved in
            base.solution.withUnsafeBufferPointer { solution in
                // Non-nil because a system has a block.
                guard let v = solved.baseAddress, let x = solution.baseAddress else { return [] }
                var moves: [Double] = []
                for block in 0..<system.blockCount {
                    let start = block * system.width
                    let pivot = 1 - weights[block] * system.product(k, block, with: v + start)
                    guard pivot > RemovalCore.pivotMin else { return [] }
                    var fitted = system.product(k, block, with: x + start)
                    if let pull {
                        for d in start..<start + system.width {
                            fitted -= base.linkScale * v[d] * pull[d]
                        }
                    }
                    moves.append(weights[block] * (fitted - targets[block]) / pivot)
                }
                return moves
            }
        }
    }
}
