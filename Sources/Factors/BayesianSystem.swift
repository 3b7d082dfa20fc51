// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// The rating head's system: a block for each sample; the prior's mean and the model's part of a score
/// depend on the number of ratings, the matrix does not.
struct BayesianSystem: CounterfactualSystem {
    let head: BayesianHead
    let profile: Profile
    private let foldIn: FoldIn
    /// x of each sample, as solved from all ratings.
    private let solution: [Double]
    /// A⁻¹ Σ pull; empty without implicit sets.
    private let pulled: [Double]

    init(_ head: BayesianHead, _ profile: Profile, _ foldIn: FoldIn) {
        self.head = head
        self.profile = profile
        self.foldIn = foldIn
        let scale = 1 / (head.sampleFactor * head.modelPart(ratingCount: profile.count))
        solution = head.solvedPart(of: foldIn.vector, profile).map { $0 * scale }
        pulled =
            head.pull(profile.items).map { Array(foldIn.solvePadded($0)[..<$0.count]) } ?? []
    }

    var blockCount: Int { head.samples.count }
    var width: Int { head.width }
    var designs: DesignTable { head.designs }

    var hasOneMatrix: Bool { true }

    func design(_ k: Int) -> [Double] {
        let start = Int(profile.items[k]) * width
        var design: [Double] = []
        design.reserveCapacity(blockCount * width)
        for sample in head.samples {
            sample.designs.withUnsafeBufferPointer { rows in
                for d in start..<start + width { design.append(Double(rows[d])) }
            }
        }
        return design
    }

    func weights(_ k: Int, as value: Float) -> [Double] {
        let root = Double(head.itemRoots[Int(profile.items[k])])
        return head.samples.map { $0.noise * root * root }
    }

    func targets(_ k: Int, as value: Float) -> [Double] {
        let value = (Double(value) - head.mean) / head.deviation
        return head.samples.map { value - Double($0.biases[Int(profile.items[k])]) }
    }

    func pull(_ k: Int) -> [Double]? { head.pull([profile.items[k]]) }

    func product(_ k: Int, _ block: Int, with vector: UnsafePointer<Double>) -> Double {
        dot(head.samples[block].designs, k, vector)
    }

    func pullDual(of vector: [Double]) -> [Double]? {
        hasPulls ? head.precisions(times: vector) : nil
    }

    func pullProduct(_ k: Int, _ block: Int, with dual: UnsafePointer<Double>) -> Double {
        let link = head.samples[block].link
        return link.isEmpty ? 0 : dot(link, k, dual)
    }

    func products(_ block: Int, with vector: UnsafePointer<Double>) -> [Double] {
        head.products(head.samples[block].designs, profile.items, vector)
    }

    func pullProducts(_ block: Int, with dual: UnsafePointer<Double>) -> [Double] {
        let link = head.samples[block].link
        return link.isEmpty
            ? [Double](repeating: 0, count: profile.count)
            : head.products(link, profile.items, dual)
    }

    private var hasPulls: Bool { head.samples.contains { !$0.link.isEmpty } }

    /// The k-th rated item's row of a sample's table times a vector.
    private func dot(
        _ table: FrozenArray<Float>, _ k: Int, _ vector: UnsafePointer<Double>
    ) -> Double {
        table.withUnsafeBufferPointer { rows in
            // Non-nil because a sample has items where a profile has.
            guard let start = rows.baseAddress else { return 0 }
            return kernel_dot_f64(start + Int(profile.items[k]) * width, vector, width)
        }
    }

    func base(without count: Int) -> CounterfactualBase {
        let linkScale = head.linkScale(ratingCount: profile.count - count)
        let change = linkScale - head.linkScale(ratingCount: profile.count)
        var moved = solution
        for (d, pulled) in pulled.enumerated() { moved[d] += change * pulled }
        return CounterfactualBase(
            factor: foldIn, solution: moved,
            vector: head.vector(moved, of: profile, ratingCount: profile.count - count),
            linkScale: linkScale)
    }

    func vector(_ solution: [Double], without positions: [Int]) -> UserVector {
        // What is left is asked for by neighbours alone.
        let left = designs.neighbours == nil ? profile : profile.without(positions)
        return head.vector(solution, of: left, ratingCount: profile.count - positions.count)
    }

    func vector(_ solution: [Double], rating position: Int, as value: Float) -> UserVector {
        let changed = designs.neighbours == nil ? profile : profile.rating(position, as: value)
        return head.vector(solution, of: changed, ratingCount: profile.count)
    }

    func unit(without count: Int) -> Double {
        head.sampleFactor * head.modelPart(ratingCount: profile.count - count)
    }

    var resolved: any Counterfactuals { ResolvedCounterfactuals(head, profile) }
}

extension BayesianHead {
    /// Counterfactuals in closed form.
    public func counterfactuals(
        of profile: Profile, with foldIn: FoldIn
    ) -> any Counterfactuals {
        guard !profile.isEmpty else { return ResolvedCounterfactuals(self, profile) }
        return ClosedFormCounterfactuals(BayesianSystem(self, profile, foldIn))
    }

    /// Λ Σ b_i over `items` in each sample, one after the other; nil without implicit sets.
    fileprivate func pull(_ items: [Int32]) -> [Double]? {
        guard samples.contains(where: { !$0.link.isEmpty }) else { return nil }
        var sums: [Double] = []
        var sum = [Double](repeating: 0, count: width)
        for sample in samples {
            sample.link.withUnsafeBufferPointer { link in
                // Non-nil, like every such memory.
                guard let start = link.baseAddress, !link.isEmpty else { return }
                kernel_sum_rows_f64(start, width, items, items.count, &sum)
            }
            sums += sum
        }
        return precisions(times: sums)
    }
}
