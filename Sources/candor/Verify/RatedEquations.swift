// SPDX-License-Identifier: GPL-3.0-or-later

/// The ratings' part of a user's equations, for any choice of the ratings.
///
/// Putting all together takes a user of thousands of ratings a while, so it is done once: where most
/// are kept, the others are taken off.
struct RatedEquations {
    private let designs: [[Double]]
    private let weights: [Double]
    private let targets: [Double]
    private let whole: NormalEquation
    private let size: Int

    /// Joins what each rating adds: weight · z zᵀ and weight · target · z, z being `size` long.
    init(_ designs: [[Double]], weights: [Double], targets: [Double], size: Int) {
        self.designs = designs
        self.weights = weights
        self.targets = targets
        self.size = size
        var whole = NormalEquation(size: size)
        for k in designs.indices {
            whole.add(designs[k], weight: weights[k], target: targets[k])
        }
        self.whole = whole
    }

    /// The sum over the ratings at `kept`.
    func sum(of kept: [Int]) -> NormalEquation {
        let isKept = Set(kept)
        let removed = designs.indices.filter { !isKept.contains($0) }
        guard removed.count < kept.count else {
            var equation = NormalEquation(size: size)
            for k in kept { equation.add(designs[k], weight: weights[k], target: targets[k]) }
            return equation
        }
        var equation = whole
        for k in removed { equation.add(designs[k], weight: -weights[k], target: targets[k]) }
        return equation
    }
}
