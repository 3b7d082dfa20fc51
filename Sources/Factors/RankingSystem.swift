// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The ranking head's system: one block, targets 1, and a prior that weighs by the number of ratings.
struct RankingSystem: CounterfactualSystem {
    let head: RankingHead
    let profile: Profile

    var blockCount: Int { 1 }
    var width: Int { head.itemFactors.stride }
    var designs: DesignTable { head.designs }

    var hasOneMatrix: Bool { false }

    func design(_ k: Int) -> [Double] {
        let start = Int(profile.items[k]) * width
        return head.itemFactors.storage[start..<start + width].map(Double.init)
    }

    func weights(_ k: Int, as value: Float) -> [Double] { [head.weight(of: value)] }

    func targets(_ k: Int, as value: Float) -> [Double] { [1] }

    func pull(_ k: Int) -> [Double]? { nil }

    func product(_ k: Int, _ block: Int, with vector: UnsafePointer<Double>) -> Double {
        head.itemFactors.product(ofRow: Int(profile.items[k]), with: vector)
    }

    func pullDual(of vector: [Double]) -> [Double]? { nil }

    func pullProduct(_ k: Int, _ block: Int, with dual: UnsafePointer<Double>) -> Double { 0 }

    func products(_ block: Int, with vector: UnsafePointer<Double>) -> [Double] {
        profile.items.map { head.itemFactors.product(ofRow: Int($0), with: vector) }
    }

    func pullProducts(_ block: Int, with dual: UnsafePointer<Double>) -> [Double] {
        [Double](repeating: 0, count: profile.count)
    }

    func base(without count: Int) -> CounterfactualBase {
        let foldIn = head.foldIn(profile, countedAs: profile.count - count)
        return CounterfactualBase(
            factor: foldIn, solution: foldIn.vector.padded, vector: foldIn.vector, linkScale: 0)
    }

    func vector(_ solution: [Double], without positions: [Int]) -> UserVector {
        UserVector(dimensions: head.dimensions, padded: solution)
    }

    func vector(_ solution: [Double], rating position: Int, as value: Float) -> UserVector {
        UserVector(dimensions: head.dimensions, padded: solution)
    }

    func unit(without count: Int) -> Double { 1 }

    var resolved: any Counterfactuals { ResolvedCounterfactuals(head, profile) }
}

extension RankingHead {
    /// Counterfactuals in closed form.
    public func counterfactuals(
        of profile: Profile, with foldIn: FoldIn
    ) -> any Counterfactuals {
        ClosedFormCounterfactuals(RankingSystem(head: self, profile: profile))
    }
}
