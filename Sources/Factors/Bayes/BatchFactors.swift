// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// The upper factors of several systems of one width, as the batch kernels keep them.
struct BatchFactors: Sendable, Equatable {
    /// Systems side by side in a vector.
    static let lanes = Int(batch_lanes_f64)

    /// The length of a row: a multiple of 16.
    let width: Int
    /// The number of systems.
    let count: Int
    /// For each batch its interleaved upper triangles.
    private let matrices: FrozenArray<Double>
    /// For each batch 1 / U_ii.
    private let inverses: FrozenArray<Double>

    /// Factors `count` systems; `fill` writes each one's matrix (width × width, upper triangle at
    /// least).
    init(
        width: Int, count: Int, fill: (Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        self.width = width
        self.count = count
        let batches = (count + Self.lanes - 1) / Self.lanes
        let triangle = width * (width + 1) / 2 * Self.lanes
        var inverses: FrozenArray<Double> = []
        matrices = FrozenArray(count: batches * triangle) { matrices in
            inverses = FrozenArray(count: batches * width * Self.lanes) {
                Self.factor(matrices, $0, width: width, count: count, fill: fill)
            }
        }
        self.inverses = inverses
    }

    private static func factor(
        _ matrices: UnsafeMutableBufferPointer<Double>,
        _ inverses: UnsafeMutableBufferPointer<Double>, width: Int, count: Int,
        fill: (Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        let triangle = width * (width + 1) / 2 * lanes
        withUnsafeTemporaryAllocation(
            byteCount: lanes * width * width * MemoryLayout<Double>.stride, alignment: 64
        ) { raw in
            let systems = raw.bindMemory(to: Double.self)
            // Non-nil because there is at least one system of at least one row.
            guard let start = systems.baseAddress, let all = matrices.baseAddress,
                let inverse = inverses.baseAddress
            else { return }
            for batch in 0..<(count + lanes - 1) / lanes {
                for lane in 0..<lanes {
                    let system = batch * lanes + lane
                    let matrix = start + lane * width * width
                    if system < count {
                        fill(system, matrix)
                    } else {
                        // Lanes without a system hold the identity.
                        matrix.initialize(repeating: 0, count: width * width)
                        for d in 0..<width { matrix[d * width + d] = 1 }
                    }
                }
                kernel_batch_gather_f64(start, width, all + batch * triangle)
                kernel_batch_factor_f64(
                    all + batch * triangle, width, inverse + batch * width * lanes)
            }
        }
    }

    /// U⁻ᵀ b of every system; `vectors` holds them one after the other, as does the result.
    func forward(_ vectors: [Double]) -> [Double] {
        solved(vectors, [kernel_batch_forward_f64])
    }

    /// A⁻¹ b of every system.
    func solve(_ vectors: [Double]) -> [Double] {
        solved(vectors, [kernel_batch_forward_f64, kernel_batch_backward_f64])
    }

    private typealias Kernel = (
        UnsafePointer<Double>, UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>
    ) -> Void

    private func solved(_ vectors: [Double], _ kernels: [Kernel]) -> [Double] {
        precondition(vectors.count == count * width, "vectors of another length")
        let lanes = Self.lanes
        let triangle = width * (width + 1) / 2 * lanes
        var result = vectors
        withUnsafeTemporaryAllocation(
            byteCount: width * lanes * MemoryLayout<Double>.stride, alignment: 64
        ) { raw in
            let batch = raw.bindMemory(to: Double.self)
            batch.initialize(repeating: 0)
            // Non-nil because neither is ever empty.
            guard let vector = batch.baseAddress else { return }
            matrices.withUnsafeBufferPointer { matrices in
                inverses.withUnsafeBufferPointer { inverses in
                    guard let factor = matrices.baseAddress, let inverse = inverses.baseAddress
                    else { return }
                    for first in stride(from: 0, to: count, by: lanes) {
                        let some = min(lanes, count - first)
                        for lane in 0..<some {
                            for d in 0..<width {
                                vector[d * lanes + lane] = vectors[(first + lane) * width + d]
                            }
                        }
                        let place = first / lanes
                        for kernel in kernels {
                            kernel(
                                factor + place * triangle, inverse + place * width * lanes,
                                width, vector)
                        }
                        for lane in 0..<some {
                            for d in 0..<width {
                                result[(first + lane) * width + d] = vector[d * lanes + lane]
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}
