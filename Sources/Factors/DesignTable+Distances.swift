// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension DesignTable {
    /// z_j·x for any vector in the form of a user's.
    public func product(of item: ItemIndex, with vector: UserVector) -> Double {
        product(of: item, with: vector.padded)
    }

    /// |z_j − z_t| of every item j, Euclidean.
    ///
    /// It bounds what a change of the user's vector does to the difference of the two scores.
    /// O(items · dimensions).
    public func distances(from target: ItemIndex) -> [Double] {
        let width = rows.stride
        return rows.storage.withUnsafeBufferPointer { storage in
            let own = target.position * width
            return (0..<itemCount).map { item in
                // Four sums at a time, because each waits for itself.
                var sums = SIMD4<Float>()
                for d in stride(from: 0, to: width, by: 4) {
                    let place = item * width + d
                    let difference = SIMD4(
                        storage[place] - storage[own + d],
                        storage[place + 1] - storage[own + d + 1],
                        storage[place + 2] - storage[own + d + 2],
                        storage[place + 3] - storage[own + d + 3])
                    sums += difference * difference
                }
                // Rounded up by more than single precision can be off.
                return Double(sums.sum()).squareRoot() * (1 + 1e-4)
            }
        }
    }
}
