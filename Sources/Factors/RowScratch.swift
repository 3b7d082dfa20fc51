// SPDX-License-Identifier: GPL-3.0-or-later

/// One thread's working memory while it solves rows, aligned for the kernels.
final class RowScratch {
    /// Entries packed at a time: 128 rows of 64 floats are 32 KB, the first-level cache.
    static let rowsAtOnce = 128

    /// rowsAtOnce × width.
    let packed: UnsafeMutablePointer<Float>
    /// width × width.
    let matrix: UnsafeMutablePointer<Float>
    /// rowsAtOnce long.
    let scales: UnsafeMutablePointer<Float>
    /// rowsAtOnce long.
    let targets: UnsafeMutablePointer<Float>
    private let memory: UnsafeMutableRawPointer

    init(width: Int) {
        let packedCount = Self.rowsAtOnce * width
        let count = packedCount + width * width + 2 * Self.rowsAtOnce
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
        packed = memory.bindMemory(to: Float.self, capacity: count)
        packed.initialize(repeating: 0, count: count)
        matrix = packed + packedCount
        scales = matrix + width * width
        targets = scales + Self.rowsAtOnce
    }

    deinit { memory.deallocate() }
}
