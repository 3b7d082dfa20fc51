// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One thread's working memory while it draws batches of rows, aligned for the kernels.
final class BatchScratch {
    /// Entries packed at a time.
    static let entriesAtOnce = Int(entries_max)

    /// One row's matrix: width × width.
    let matrix: UnsafeMutablePointer<Float>
    /// One row's vector; room for one more, because noise comes in 32s.
    let vector: UnsafeMutablePointer<Float>
    /// Packed entries: 128 × width.
    let packed: UnsafeMutablePointer<Float>
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
    /// The values of entries packed at a time.
    let values: UnsafeMutablePointer<Float>
    private let memory: UnsafeMutableRawPointer

    /// Room for rows of `width`.
    init(width: Int) {
        let lanes = Int(batch_lanes_f32)
        let triangle = width * (width + 1) / 2 * lanes
        let sizes = [
            width * width, width + 32, Self.entriesAtOnce * width, triangle, width * lanes,
            width * lanes, width * lanes, 3 * width * lanes, lanes, width * lanes,
            Self.entriesAtOnce,
        ].map { ($0 + 15) / 16 * 16 }
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
        (matrix, vector, packed, matrices, vectors) = (
            parts[0], parts[1], parts[2], parts[3], parts[4]
        )
        (means, noise, work, residuals) = (parts[5], parts[6], parts[7], parts[8])
        (expected, values) = (parts[9], parts[10])
    }

    deinit { memory.deallocate() }
}
