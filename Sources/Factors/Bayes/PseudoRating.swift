// SPDX-License-Identifier: GPL-3.0-or-later

/// A rating that every item gets beside its own: the parity regulariser's rank-one term.
struct PseudoRating {
    /// What stands for the user: 0 in place of the bias, then the factors.
    let design: [Float]
    /// The rating, less what of it is no item's.
    let target: Float
    /// How much it weighs.
    let precision: Float

    /// The one that draws δ·q_j towards −δ_b, δ being a difference of users with its bias first.
    init(_ difference: [Double], precision: Double) {
        var design = difference.map(Float.init)
        design[0] = 0
        self.design = design
        target = Float(-difference[0])
        self.precision = Float(precision)
    }

    /// Adds it to one row's sums, which `weight` will multiply; returns what it adds to Σ t².
    func add(
        to matrix: UnsafeMutablePointer<Float>, _ vector: UnsafeMutablePointer<Float>,
        dividedBy weight: Float
    ) -> Float {
        let width = design.count
        let precision = precision / weight
        for row in 0..<width {
            let factor = precision * design[row]
            for column in 0..<width { matrix[row * width + column] += factor * design[column] }
            vector[row] += factor * target
        }
        return precision * target * target
    }

    /// w (t − z·v)²: what a row's residual owes to it.
    func residual(of vector: UnsafePointer<Float>) -> Float {
        var product: Float = 0
        for d in design.indices { product += design[d] * vector[d] }
        return precision * (target - product) * (target - product)
    }
}
