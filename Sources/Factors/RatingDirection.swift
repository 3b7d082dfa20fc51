// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What one rating moves a solution along.
struct RatingDirection {
    /// z.
    let design: [Double]
    /// A⁻¹ z.
    let solved: [Double]
    /// pull; empty for a head without implicit terms.
    let pull: [Double]
    /// A⁻¹ pull; empty for a head without implicit terms.
    let pulled: [Double]
    /// √w in each block.
    let roots: [Double]
    /// t in each block.
    let targets: [Double]

    init(of k: Int, in system: some CounterfactualSystem, _ base: CounterfactualBase) {
        let value = system.profile.values[k]
        design = system.design(k)
        solved = base.solve(design)
        pull = system.pull(k) ?? []
        pulled = pull.isEmpty ? [] : base.solve(pull)
        roots = system.weights(k, as: value).map { $0.squareRoot() }
        targets = system.targets(k, as: value)
    }

    /// z·y in one block.
    func product(_ block: Int, _ width: Int, with vector: [Double]) -> Double {
        var sum = 0.0
        for d in block * width..<(block + 1) * width { sum += design[d] * vector[d] }
        return sum
    }
}
