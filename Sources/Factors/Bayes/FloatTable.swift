// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// rows × width floats, row-major, aligned for the kernels: what the sampler's threads work on.
///
/// Safe to share because threads only write rows of chunks that they alone took, and read what
/// others wrote only after the threads of the earlier step were joined.
final class FloatTable: @unchecked Sendable {
    /// The number of rows.
    let rowCount: Int
    /// Floats in a row: a multiple of 16.
    let width: Int
    /// rowCount × width floats; at least one row's worth, so never nil.
    let base: UnsafeMutablePointer<Float>
    private let memory: Allocation

    /// A table of zeros.
    init(rowCount: Int, width: Int) {
        precondition(rowCount >= 0 && width >= 1, "a table of no width")
        self.rowCount = rowCount
        self.width = width
        let count = max(rowCount, 1) * width
        base = Allocation.elements(of: Float.self, count: count)
        memory = Allocation(base)
        base.initialize(repeating: 0, count: count)
    }

    /// The beginning of a row.
    func row(_ row: Int) -> UnsafeMutablePointer<Float> { base + row * width }

    /// All numbers, as a copy.
    var numbers: [Float] { Array(all) }

    /// All numbers, as a copy that is aligned, too.
    var frozen: FrozenArray<Float> { FrozenArray(all) }

    private var all: UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: base, count: rowCount * width)
    }
}
