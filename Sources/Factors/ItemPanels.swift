// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// A head's design vectors in the form that top-K scans: 16-bit integers in panels of 16 items.
///
/// Built once for a generation. Column d of item j is stored as the integer nearest to z_jd / `step`;
/// how far off that is at most is measured, so that a scan's error has a proven bound. Items stand in
/// the order of base + |z_j|, largest first: the first panels hold most of what is ever found, and
/// the last ones can often be proven to hold nothing. Half the memory of the floats.
///
/// `@unchecked Sendable` because nothing is written after `init`.
final class ItemPanels: @unchecked Sendable {
    /// The length that the longest vector's integers have at most: 2¹⁵ less what rounding adds to a
    /// vector of 2,048 columns, √2048 / 2, and one.
    static let longest = 32_744.0

    /// What one unit of a stored integer is worth; 0 when all rows are zero.
    let step: Double
    /// The largest Euclidean norm of z_j − step · integers.
    let largestError: Double
    /// The item in each slot, `itemCount` of them.
    let items: [Int32]
    /// The slot of each item.
    let slots: [Int32]
    /// Per panel a bit for each slot without an item.
    let emptySlots: [UInt16]
    /// Half the number of columns, rounded up.
    let pairCount: Int
    private let rows: UnsafeMutablePointer<Int16>
    private let bases: [Float]
    private let baseBounds: [Float]
    private let normBounds: [Float]

    /// Lays out all rows, in O(items · (dimensions + log items)).
    init(rows matrix: FactorMatrix, bases itemBases: [Float]) {
        precondition(matrix.columnCount <= 2048, "the bound of `longest`")
        let norms = (0..<matrix.rowCount).map { row in
            matrix.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        let keys = norms.indices.map { Double(itemBases[$0]) + norms[$0] }
        let order = keys.indices.sorted {
            keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1
        }
        let panelCount = (order.count + 15) / 16
        step = (norms.max() ?? 0) / Self.longest
        pairCount = (matrix.columnCount + 1) / 2
        items = order.map(Int32.init)
        var slots = [Int32](repeating: 0, count: order.count)
        for (slot, item) in order.enumerated() { slots[item] = Int32(slot) }
        self.slots = slots
        var emptySlots = [UInt16](repeating: 0, count: panelCount)
        for slot in order.count..<16 * panelCount { emptySlots[slot / 16] |= 1 << (slot % 16) }
        self.emptySlots = emptySlots
        bases =
            order.map { itemBases[$0] }
            + [Float](repeating: 0, count: 16 * panelCount - order.count)
        baseBounds = Self.bounds(order.map { Double(itemBases[$0]) }, panelCount)
        normBounds = Self.bounds(order.map { norms[$0] }, panelCount)
        let count = max(1, panelCount * pairCount * 32)
        rows = UnsafeMutableRawPointer.allocate(byteCount: 2 * count, alignment: 64)
            .bindMemory(to: Int16.self, capacity: count)
        rows.initialize(repeating: 0, count: count)
        largestError = Self.write(matrix, order, step: step, pairCount: pairCount, to: rows)
    }

    deinit { rows.deallocate() }

    /// The number of panels.
    var panelCount: Int { emptySlots.count }

    /// Calls `body` with the layout that the kernel reads.
    func withKernelPanels<Result>(_ body: (UnsafePointer<kernel_panels>) -> Result) -> Result {
        bases.withUnsafeBufferPointer { bases in
            baseBounds.withUnsafeBufferPointer { baseBounds in
                normBounds.withUnsafeBufferPointer { normBounds in
                    withUnsafePointer(
                        to: kernel_panels(
                            rows: rows, bases: bases.baseAddress,
                            base_bounds: baseBounds.baseAddress,
                            norm_bounds: normBounds.baseAddress, panel_count: panelCount,
                            pair_count: pairCount), body)
                }
            }
        }
    }

    /// For each panel the largest value in it or after it, rounded up.
    private static func bounds(_ values: [Double], _ panelCount: Int) -> [Float] {
        var bounds = [Float](repeating: 0, count: panelCount)
        var largest = -Double.infinity
        for panel in bounds.indices.reversed() {
            for value in values[panel * 16..<min(values.count, panel * 16 + 16)] {
                largest = max(largest, value)
            }
            bounds[panel] = Float(largest).nextUp
        }
        return bounds
    }

    /// Writes the integers; returns the largest norm of what they leave out.
    private static func write(
        _ matrix: FactorMatrix, _ order: [Int], step: Double, pairCount: Int,
        to rows: UnsafeMutablePointer<Int16>
    ) -> Double {
        guard step > 0 else { return 0 }
        let inverse = 1 / step
        var largest = 0.0
        for (slot, item) in order.enumerated() {
            let place = rows + slot / 16 * pairCount * 32 + slot % 16 * 2
            var square = 0.0
            for (column, value) in matrix.row(item).enumerated() {
                let integer = Int16(nearest: Double(value) * inverse)
                place[column / 2 * 32 + column % 2] = integer
                let left = Double(value) - step * Double(integer)
                square += left * left
            }
            largest = max(largest, square)
        }
        return largest.squareRoot() * (1 + 1e-9)
    }
}

extension Int16 {
    /// The integer nearest to a number of −32767…32767.
    init(nearest value: Double) {
        // Shifted to positive numbers truncation rounds, without a call into the library.
        self = Int16(truncatingIfNeeded: Int(value + 32_768.5) - 32_768)
    }
}
