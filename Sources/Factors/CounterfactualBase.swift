// SPDX-License-Identifier: GPL-3.0-or-later

/// The system of all of a user's ratings, weighed as if there were fewer.
struct CounterfactualBase {
    /// Solves A w = z.
    let factor: FoldIn
    /// x: A x = b.
    let solution: [Double]
    /// x in the form of a user's vector, all ratings counting as rated.
    let vector: UserVector
    /// ℓ.
    let linkScale: Double

    /// A⁻¹ z, block by block.
    func solve(_ vector: [Double]) -> [Double] {
        factor.solveBlocks(vector)
    }
}
