// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// A user's vector in the integers of a scan, and how far the scan's scores can be off.
///
/// Column d is stored as the integer nearest to x_d / step. With ẑ_j and x̂ for what the integers are
/// worth, the scan's s_j = b_j + ẑ_j·x̂ is exact up to float rounding, and the served score less
/// `offset` is e_j = b_j + z_j·x, so that (Cauchy–Schwarz)
/// |s_j − e_j| ≤ |z_j||x − x̂| + |z_j − ẑ_j||x̂| + rounding.
/// Rounding is at most four roundings to float (of the scale, the sum, the product and the score)
/// of numbers no larger than |b_j| + |ẑ_j||x̂|, and the Double score's own, which is far smaller.
struct ScanVector {
    /// |x|, rounded up.
    let norm: Float
    /// What one unit of the integer product is worth.
    let scale: Float
    /// How far below the k-th scanned score a best item can scan; infinite when scores could
    /// overflow.
    let margin: Float
    /// What one unit of this vector's integers is worth.
    private let step: Double

    /// Measures `vector` against the panels of its own head.
    init(_ vector: UserVector, _ designs: DesignTable, _ panels: ItemPanels) {
        let square = vector.padded.reduce(0) { $0 + $1 * $1 }
        let norm = square.squareRoot() * (1 + 1e-9)
        // Beyond these bounds a step could not be represented; all integers are zero then.
        let step = norm > 1e-200 && norm < 1e30 ? norm / ItemPanels.longest : 0
        let left = vector.padded.reduce(0) { sum, value in
            let rest = value - step * Double(Self.integer(value, step))
            return sum + rest * rest
        }
        let error = left.squareRoot() * (1 + 1e-9)
        let longest = designs.largestNorm + panels.largestError
        let magnitude = designs.largestBase + longest * (norm + error)
        let bound =
            designs.largestNorm * error + panels.largestError * (norm + error)
            // 2⁻¹⁹ = 32 u: four roundings, those of threshold and panel bounds, and second order.
            + 0x1p-19 * magnitude + 0x1p-100
        self.step = step
        self.norm = Float(norm).nextUp
        scale = Float(panels.step * step)
        margin = magnitude < 1e30 && norm < 1e30 ? Float(2 * bound).nextUp : .infinity
    }

    /// Writes the integers of `vector`, the one that this was made of, to `integers`.
    func write(
        _ vector: UserVector, to integers: UnsafeMutablePointer<Int16>, pairCount: Int
    ) {
        for column in 0..<2 * pairCount {
            (integers + column).initialize(to: Self.integer(vector.padded[column], step))
        }
    }

    private static func integer(_ value: Double, _ step: Double) -> Int16 {
        step > 0 ? Int16(nearest: value / step) : 0
    }
}
