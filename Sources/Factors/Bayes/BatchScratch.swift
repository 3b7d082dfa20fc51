// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One thread's working memory while it draws batches of rows, aligned for the kernels.
final class BatchScratch {
    /// Entries summed at a time: rows of 32 KB, which the first-level cache keeps from tile to tile.
    let entriesAtOnce: Int
    /// Each row's sums: lanes × width × width.
    let sums: UnsafeMutablePointer<Float>
    /// Each row's right side and later its draw: lanes × width.
    let rightSides: UnsafeMutablePointer<Float>
    /// What each row's sums are multiplied with.
    let weights: UnsafeMutablePointer<Float>
    /// The batch's matrices: upper triangles, interleaved.
    let matrices: UnsafeMutablePointer<Float>
    /// The batch's right sides and then draws: width × lanes.
    let vectors: UnsafeMutablePointer<Float>
    /// The batch's prior means.
    let means: UnsafeMutablePointer<Float>
    /// The batch's noise.
    let noise: UnsafeMutablePointer<Float>
    /// The batch's means: width × lanes.
    let expected: UnsafeMutablePointer<Float>
    /// Room for the kernel: 3 · width · lanes.
    let work: UnsafeMutablePointer<Float>
    /// One per lane.
    let residuals: UnsafeMutablePointer<Float>
    /// The values of entries summed at a time.
    let values: UnsafeMutablePointer<Float>
    private let memory: UnsafeMutableRawPointer

    /// Room for rows of `width`.
    init(width: Int) {
        let sizes = Self.sizes(width: width)
        entriesAtOnce = Self.entriesAtOnce(width: width)
        let count = sizes.reduce(0, +)
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
        let base = memory.bindMemory(to: Float.self, capacity: count)
        base.initialize(repeating: 0, count: count)
        var parts: [UnsafeMutablePointer<Float>] = []
        var next = base
        for size in sizes {
            parts.append(next)
            next += size
        }
        (sums, rightSides, matrices, vectors) = (parts[0], parts[1], parts[2], parts[3])
        (means, noise, work, residuals) = (parts[4], parts[5], parts[6], parts[7])
        (expected, values, weights) = (parts[8], parts[9], parts[10])
    }

    deinit { memory.deallocate() }

    /// How many floats it is for rows of `width`.
    static func floatCount(width: Int) -> Int { sizes(width: width).reduce(0, +) }

    private static func entriesAtOnce(width: Int) -> Int {
        min(Int(entries_max), (32 << 10) / (width * MemoryLayout<Float>.stride))
    }

    /// The length of each part, a multiple of 16.
    private static func sizes(width: Int) -> [Int] {
        let lanes = Int(batch_lanes_f32)
        let triangle = width * (width + 1) / 2 * lanes
        return [
            lanes * width * width, lanes * width, triangle, width * lanes,
            width * lanes, width * lanes, 3 * width * lanes, lanes,
            width * lanes, entriesAtOnce(width: width), lanes,
        ].map { ($0 + 15) / 16 * 16 }
    }
}
