// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What is left of a profile, in closed form, for a head whose matrix does not depend on how many
/// ratings there are.
struct ClosedFormRemainder<System: CounterfactualSystem>: Remainder {
    let vector: UserVector
    private let system: System
    private let base: CounterfactualBase
    private let directions: [RatingDirection]
    private let removed: [Int]
    private let core: RemovalCore

    /// Takes the ratings at `removed`, which ascend, out; nil where digits would be lost.
    ///
    /// `base` is the system's for so many less, `directions` those of all ratings.
    init?(
        _ system: System, _ base: CounterfactualBase, _ directions: [RatingDirection],
        without removed: [Int]
    ) {
        let parts = removed.map { directions[$0] }
        guard let core = RemovalCore(parts, in: system) else { return nil }
        self.system = system
        self.base = base
        self.directions = directions
        self.removed = removed
        self.core = core
        vector = system.vector(
            ClosedFormCounterfactuals<System>.solution(base, without: parts, core),
            without: removed)
    }

    /// Rating k adds w_k t_k z_k·u + ℓ pull_k·u with u = A⁻¹z_j of what is left, and as a neighbour of
    /// the item its own value beside.
    func shares(to item: ItemIndex) -> [Double] {
        let width = system.width
        let neighbours = system.designs.neighbours(of: item, in: system.profile)
            .filter { !removed.contains($0.position) }
        let solved = core.downdated(
            base.solve(system.scoreDesign(of: item, less: neighbours)), hasTargets: false)
        let dual = system.pullDual(of: solved)
        let unit = system.unit(without: removed.count)
        var shares = [Double](repeating: 0, count: directions.count)
        solved.withUnsafeBufferPointer { solved in
            // Non-nil because a system has a block.
            guard let u = solved.baseAddress else { return }
            for block in 0..<system.blockCount {
                let heard = system.products(block, with: u + block * width)
                for (k, direction) in directions.enumerated() {
                    let root = direction.roots[block]
                    shares[k] += unit * root * root * direction.targets[block] * heard[k]
                }
            }
        }
        dual?.withUnsafeBufferPointer { dual in
            guard let d = dual.baseAddress else { return }
            for block in 0..<system.blockCount {
                let pulled = system.pullProducts(block, with: d + block * width)
                for k in shares.indices { shares[k] += unit * base.linkScale * pulled[k] }
            }
        }
        for position in removed { shares[position] = 0 }
        system.designs.add(neighbours, in: system.profile, to: &shares)
        return shares
    }
}
