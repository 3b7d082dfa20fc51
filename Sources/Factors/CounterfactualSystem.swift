// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A user's normal equations in blocks, one for each sample of a head, seen rating by rating.
///
/// In each block A x = b with A = prior + Σ w_k z_k z_kᵀ, b = prior's pull + ℓ Σ pull_k + Σ w_k t_k z_k.
/// The prior and ℓ may depend on how many ratings there are, and so do both in what is left when
/// some are taken out.
protocol CounterfactualSystem {
    /// The ratings that may be taken out.
    var profile: Profile { get }
    /// How many blocks there are.
    var blockCount: Int { get }
    /// The length of a block of a vector.
    var width: Int { get }
    /// What scores are made with; an item's row begins with its part in each block.
    var designs: DesignTable { get }

    /// z of the k-th rating: `blockCount` rows of `width`, one after the other.
    func design(_ k: Int) -> [Double]

    /// w of a rating `value` of the k-th item in each block.
    func weights(_ k: Int, as value: Float) -> [Double]

    /// t of a rating `value` of the k-th item in each block.
    func targets(_ k: Int, as value: Float) -> [Double]

    /// What having rated the k-th item at all adds to b, before it is multiplied by ℓ; nil for a head
    /// to which it says nothing.
    func pull(_ k: Int) -> [Double]?

    /// z_k·y in one block; `vector` is the block of y.
    func product(_ k: Int, _ block: Int, with vector: UnsafePointer<Double>) -> Double

    /// The same of every rating.
    func products(_ block: Int, with vector: UnsafePointer<Double>) -> [Double]

    /// In each block d with pull_k·y = `pullProduct` of k with d; nil for a head without pulls.
    func pullDual(of vector: [Double]) -> [Double]?

    /// pull_k·y in one block; `dual` is the block of y's dual.
    func pullProduct(_ k: Int, _ block: Int, with dual: UnsafePointer<Double>) -> Double

    /// The same of every rating.
    func pullProducts(_ block: Int, with dual: UnsafePointer<Double>) -> [Double]

    /// Whether A does not depend on how many ratings there are.
    var hasOneMatrix: Bool { get }

    /// The system of all ratings, weighed as if there were `count` fewer than there are.
    func base(without count: Int) -> CounterfactualBase

    /// The user's vector for what a system without the ratings at `positions`, which ascend, was
    /// solved to.
    func vector(_ solution: [Double], without positions: [Int]) -> UserVector

    /// The same for a system in which the rating at `position` is `value`.
    func vector(_ solution: [Double], rating position: Int, as value: Float) -> UserVector

    /// What one unit of a solution is worth in that vector.
    func unit(without count: Int) -> Double

    /// The same solved from scratch.
    var resolved: any Counterfactuals { get }
}

extension CounterfactualSystem {
    /// What solutions are multiplied by in the score of an item with these rated neighbours:
    /// `blockCount` rows of `width`, one after the other.
    func scoreDesign(of item: ItemIndex, less neighbours: [RatedNeighbour]) -> [Double] {
        let design = designs.design(of: item, less: neighbours, in: profile)
        let length = blockCount * width
        // Rows are padded where a block ends beyond their columns.
        return Array(design.prefix(length))
            + [Double](repeating: 0, count: max(length - design.count, 0))
    }
}
