// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Solves one user's normal equations (Σ w z zᵀ + prior) x = Σ w t z exactly, in Double.
///
/// Fold-in of both heads; knows nothing of what the weights and targets mean.
enum NormalEquations {
    /// Rows packed at a time: 64 rows of 64 doubles are 32 KB, which stay in the first-level cache.
    private static let rowsAtOnce = 64

    /// Solves for the vector.
    ///
    /// `prior` adds the prior to a stride × stride matrix of zeros (its upper triangle is read);
    /// the padding's diagonal is set to 1 afterwards. `equation` gives weight and target of the
    /// profile's k-th rating.
    static func solve(
        _ designs: FactorMatrix, _ profile: Profile,
        prior: (UnsafeMutableBufferPointer<Double>) -> Void,
        equation: (Int) -> (weight: Double, target: Double)
    ) -> FoldIn {
        let width = designs.stride
        let highest = profile.items.last.map(Int.init) ?? -1
        let lowest = profile.items.first ?? 0
        precondition(
            lowest >= 0 && highest < designs.rowCount, "the profile has items the head lacks")
        let room = width * width + width + rowsAtOnce * (width + 2)
        return withUnsafeTemporaryAllocation(
            byteCount: room * MemoryLayout<Double>.stride, alignment: 64
        ) { raw in
            let all = raw.bindMemory(to: Double.self)
            all.initialize(repeating: 0)
            let matrix = UnsafeMutableBufferPointer(rebasing: all[..<(width * width)])
            prior(matrix)
            for pad in designs.columnCount..<width { matrix[pad * width + pad] = 1 }
            // Non-nil because `room` is never zero.
            guard let start = all.baseAddress else { preconditionFailure("no memory") }
            let rightSide = start + width * width
            accumulate(
                designs, profile, matrix: start, rightSide: rightSide,
                scratch: rightSide + width, equation: equation)
            _ = kernel_factor_f64(start, width)
            kernel_solve_f64(start, width, rightSide)
            return FoldIn(
                vector: UserVector(
                    dimensions: designs.columnCount,
                    padded: Array(UnsafeBufferPointer(start: rightSide, count: width))),
                factor: Array(matrix))
        }
    }

    private static func accumulate(
        _ designs: FactorMatrix, _ profile: Profile, matrix: UnsafeMutablePointer<Double>,
        rightSide: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>,
        equation: (Int) -> (weight: Double, target: Double)
    ) {
        let width = designs.stride
        let scales = scratch + rowsAtOnce * width
        let targets = scales + rowsAtOnce
        designs.storage.withUnsafeBufferPointer { table in
            profile.items.withUnsafeBufferPointer { items in
                guard let rows = table.baseAddress, let columns = items.baseAddress else { return }
                var first = 0
                while first < profile.count {
                    let count = min(rowsAtOnce, profile.count - first)
                    for k in 0..<count {
                        let (weight, target) = equation(first + k)
                        let root = weight.squareRoot()
                        scales[k] = root
                        targets[k] = root * target
                    }
                    kernel_pack_f64(
                        rows, width, columns + first, scales, targets, count, scratch, rightSide)
                    kernel_add_gram_f64(scratch, count, width, matrix)
                    first += count
                }
            }
        }
    }
}
