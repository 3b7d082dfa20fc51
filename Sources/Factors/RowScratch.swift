// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One thread's working memory while it solves batches of rows, aligned for the kernels.
final class RowScratch {
    /// Entries packed at a time: 64 rows of 64 floats are 16 KB, which leave as much of the first-level
    /// cache to the matrix.
    static let rowsAtOnce = 64

    /// Packed entries: rowsAtOnce × width.
    let packed: UnsafeMutablePointer<Float>
    /// Each row's sums: lanes × width × width.
    let sums: UnsafeMutablePointer<Float>
    /// Each row's right side and later its solution: lanes × width.
    let rightSides: UnsafeMutablePointer<Float>
    /// The batch's matrices: upper triangles, interleaved.
    let matrices: UnsafeMutablePointer<Float>
    /// The batch's vectors: width × lanes.
    let vectors: UnsafeMutablePointer<Float>
    /// The batch's reciprocal pivots: width × lanes.
    let inverses: UnsafeMutablePointer<Float>
    /// What each row's diagonal gets.
    let ridges: UnsafeMutablePointer<Float>
    /// What the sums are multiplied with: 1 for every lane.
    let weights: UnsafeMutablePointer<Float>
    /// rowsAtOnce long.
    let scales: UnsafeMutablePointer<Float>
    /// rowsAtOnce long.
    let targets: UnsafeMutablePointer<Float>
    private let memory: UnsafeMutableRawPointer

    init(width: Int) {
        let lanes = Int(batch_lanes_f32)
        // All multiples of 16 floats.
        let sizes = [
            Self.rowsAtOnce * width, lanes * width * width, lanes * width,
            width * (width + 1) / 2 * lanes, width * lanes, width * lanes, lanes, lanes,
            Self.rowsAtOnce, Self.rowsAtOnce,
        ]
        let count = sizes.reduce(0, +)
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
        var next = memory.bindMemory(to: Float.self, capacity: count)
        next.initialize(repeating: 0, count: count)
        var parts: [UnsafeMutablePointer<Float>] = []
        for size in sizes {
            parts.append(next)
            next += size
        }
        (packed, sums, rightSides, matrices) = (parts[0], parts[1], parts[2], parts[3])
        (vectors, inverses, ridges, weights) = (parts[4], parts[5], parts[6], parts[7])
        (scales, targets) = (parts[8], parts[9])
        weights.update(repeating: 1, count: lanes)
    }

    deinit { memory.deallocate() }
}
