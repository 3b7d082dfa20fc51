// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension DesignTable {
    /// z_j·x for any vector in the form of a user's.
    public func product(of item: ItemIndex, with vector: UserVector) -> Double {
        product(of: item, with: vector.padded)
    }

    /// |z_j − z| of every item j, Euclidean, rounded up.
    ///
    /// It bounds what a change of the user's vector does to the difference of the scores of two items.
    /// O(items · dimensions).
    func distances(from design: [Double]) -> [Double] {
        precondition(design.count == dimensions, "a design of another length")
        let width = rows.stride
        let padding = [Float](repeating: 0, count: width - design.count)
        let own = design.map(Float.init) + padding
        // By how much the rounded design can be off.
        let rounding = design.reduce(0) { $0 + $1 * $1 }.squareRoot() * 0x1p-23
        return rows.storage.withUnsafeBufferPointer { storage in
            (0..<itemCount).map { item in
                // Four sums at a time, because each waits for itself.
                var sums = SIMD4<Float>()
                for d in stride(from: 0, to: width, by: 4) {
                    let place = item * width + d
                    let difference = SIMD4(
                        storage[place] - own[d], storage[place + 1] - own[d + 1],
                        storage[place + 2] - own[d + 2], storage[place + 3] - own[d + 3])
                    sums += difference * difference
                }
                // Rounded up by more than single precision can be off.
                return Double(sums.sum()).squareRoot() * (1 + 1e-4) + rounding
            }
        }
    }
}
