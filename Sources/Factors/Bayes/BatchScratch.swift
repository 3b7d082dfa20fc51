// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One thread's working memory while it draws batches of rows, aligned for the kernels.
final class BatchScratch {
    /// Entries packed at a time.
    static let entriesAtOnce = Int(entries_max)

    /// Each row's sums: lanes × width × width.
    let sums: UnsafeMutablePointer<Float>
    /// Each row's right side and later its draw: lanes × width.
    let rightSides: UnsafeMutablePointer<Float>
    /// What each row's sums are multiplied with.
    let weights: UnsafeMutablePointer<Float>
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
    /// Normal numbers along one row's ratings: 3 · longest.
    let normals: UnsafeMutablePointer<Float>
    /// Room for the drawing of one row's sequence: 3 · longest.
    let surprises: UnsafeMutablePointer<Float>
    private let sequences: UnsafeMutablePointer<Float>
    private let longest: Int
    private let memory: UnsafeMutableRawPointer

    /// One lane's targets, in the order of time.
    func targets(_ lane: Int) -> UnsafeMutablePointer<Float> { sequences + lane * 4 * longest }

    /// One lane's filter gains, three for each rating.
    func gains(_ lane: Int) -> UnsafeMutablePointer<Float> { targets(lane) + longest }

    /// Room for rows of `width`; `longest` is the most ratings of a row with a sequence.
    init(width: Int, longest: Int) {
        self.longest = longest
        let sizes = Self.sizes(width: width, longest: longest)
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
        (sums, rightSides, packed, matrices, vectors) = (
            parts[0], parts[1], parts[2], parts[3], parts[4]
        )
        (means, noise, work, residuals) = (parts[5], parts[6], parts[7], parts[8])
        (normals, surprises, sequences) = (parts[9], parts[10], parts[11])
        (expected, values, weights) = (parts[12], parts[13], parts[14])
    }

    deinit { memory.deallocate() }

    /// How many floats it is for rows of `width` and sequences of up to `longest` ratings.
    static func floatCount(width: Int, longest: Int) -> Int {
        sizes(width: width, longest: longest).reduce(0, +)
    }

    /// The length of each part, a multiple of 16.
    private static func sizes(width: Int, longest: Int) -> [Int] {
        let lanes = Int(batch_lanes_f32)
        let triangle = width * (width + 1) / 2 * lanes
        return [
            lanes * width * width, lanes * width, entriesAtOnce * width, triangle,
            width * lanes,
            width * lanes,
            width * lanes, 3 * width * lanes, lanes, 3 * longest + 32, 3 * longest,
            4 * longest * lanes, width * lanes, entriesAtOnce, lanes,
        ].map { ($0 + 15) / 16 * 16 }
    }
}
