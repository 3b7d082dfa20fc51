// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Counterfactuals in closed form: the inverse of what is left by Woodbury's identity.
///
/// With A, x and ℓ of all ratings, weighed as many as are left, S the ratings taken out, Z_S their
/// designs as rows and W_S their weights, in every block
/// x' = y + A⁻¹Z_SᵀW^½ (I − W^½ Z_S A⁻¹ Z_Sᵀ W^½)⁻¹ W^½ (Z_S y − t_S), y = x − ℓ A⁻¹ Σ_S pull
/// (Sherman & Morrison 1950 for one rating). Many ratings, and those whose leverage is so near 1 that
/// the identity would lose digits, are solved from scratch.
final class ClosedFormCounterfactuals<System: CounterfactualSystem>: Counterfactuals {
    /// Beyond these a solve from scratch is cheaper.
    private static var removedMax: Int { 6 }
    /// The same where what the ratings move the solution along is at hand.
    private static var keptRemovedMax: Int { 24 }

    private let system: System
    private var bases: [Int: CounterfactualBase] = [:]
    private var parts: (count: Int, directions: [RatingDirection])?
    private var singles: SingleRemovals<System>?

    init(_ system: System) { self.system = system }

    /// The system of all ratings as it weighs when `count` are taken out.
    private func base(without count: Int) -> CounterfactualBase {
        if let base = bases[count] { return base }
        let base = system.base(without: count)
        bases[count] = base
        return base
    }

    func vector(without positions: [Int]) -> UserVector {
        let count = positions.count
        guard count <= Self.removedMax, count < system.profile.count else {
            return system.resolved.vector(without: positions)
        }
        let base = base(without: count)
        let parts = positions.map { direction(of: $0, base, without: count) }
        guard let solution = Self.solution(base, without: parts, in: system) else {
            return system.resolved.vector(without: positions)
        }
        return system.vector(solution, without: positions)
    }

    func score(of item: ItemIndex, without positions: [Int]) -> Double {
        if positions.count == 1, system.profile.count > 1 {
            let singles = singles ?? SingleRemovals(system, base(without: 1))
            self.singles = singles
            if let score = singles.score(of: item, without: positions[0]) { return score }
        }
        return system.designs.score(of: item, for: vector(without: positions))
    }

    /// With Δw and Δ(wt) what the change adds, x' = x + A⁻¹z (Δ(wt) − Δw z·x) / (1 + Δw z·A⁻¹z).
    func vector(rating position: Int, as value: Float) -> UserVector {
        let base = base(without: 0)
        let part = RatingDirection(of: position, in: system, base)
        let weights = system.weights(position, as: value)
        let targets = system.targets(position, as: value)
        var solution = base.solution
        for block in 0..<system.blockCount {
            let weight = part.roots[block] * part.roots[block]
            let change = weights[block] - weight
            let fitted = part.product(block, system.width, with: base.solution)
            let leverage = part.product(block, system.width, with: part.solved)
            let pivot = 1 + change * leverage
            guard pivot > RemovalCore.pivotMin else {
                return system.resolved.vector(rating: position, as: value)
            }
            let moved = weights[block] * targets[block] - weight * part.targets[block]
            let step = (moved - change * fitted) / pivot
            for d in block * system.width..<(block + 1) * system.width {
                solution[d] += step * part.solved[d]
            }
        }
        return system.vector(solution, rating: position, as: value)
    }

    func pairs() -> PairRemovals? {
        guard system.profile.count > 2 else { return nil }
        return PairRemovals(system, base(without: 2), directions(without: 2))
    }

    func steps() -> RemovalSteps? {
        guard system.profile.count > 1 else { return nil }
        return RemovalSteps(system, base(without: 1), directions(without: 1), without: 1)
    }

    private func direction(
        of position: Int, _ base: CounterfactualBase, without count: Int
    ) -> RatingDirection {
        if let parts, system.hasOneMatrix || parts.count == count {
            return parts.directions[position]
        }
        return RatingDirection(of: position, in: system, base)
    }

    /// What each rating moves the solution along, weighed as if there were `count` fewer.
    private func directions(without count: Int) -> [RatingDirection] {
        if let parts, system.hasOneMatrix || parts.count == count { return parts.directions }
        let base = base(without: count)
        let directions = system.profile.items.indices.map {
            RatingDirection(of: $0, in: system, base)
        }
        parts = (count, directions)
        return directions
    }

    func remainder(without positions: [Int]) -> any Remainder {
        let count = positions.count
        // More than half are fewer to solve than to take out.
        guard system.hasOneMatrix, count <= Self.keptRemovedMax, 2 * count < system.profile.count,
            let remainder = ClosedFormRemainder(
                system, base(without: count), directions(without: count), without: positions)
        else { return system.resolved.remainder(without: positions) }
        return remainder
    }

    /// What the system without the ratings of `parts` solves to; nil where digits would be lost.
    static func solution(
        _ base: CounterfactualBase, without parts: [RatingDirection], in system: System
    ) -> [Double]? {
        RemovalCore(parts, in: system).map { solution(base, without: parts, $0) }
    }

    /// The same with the ratings' core.
    static func solution(
        _ base: CounterfactualBase, without parts: [RatingDirection], _ core: RemovalCore
    ) -> [Double] {
        var solution = base.solution
        for part in parts {
            for (d, pulled) in part.pulled.enumerated() { solution[d] -= base.linkScale * pulled }
        }
        return core.downdated(solution, hasTargets: true)
    }
}
