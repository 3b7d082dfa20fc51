// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// Products of some vectors with the designs of some items in single precision.
public struct ApproximateProducts {
    /// vectors × `stride`: row a begins with a's products with the items, in their order.
    public var values: [Float]
    /// Floats in a row.
    public let stride: Int
    /// How far a product of a vector can be off.
    public internal(set) var errors: [Double]
}

extension DesignTable {
    /// z_j·x of `items` with each of `vectors`, in the form of users', in O(vectors · items · dimensions).
    public func approximateProducts(
        of items: [ItemIndex], with vectors: [UserVector]
    ) -> ApproximateProducts {
        let width = rows.stride
        let stride = FactorMatrix.stride(forColumns: max(items.count, 1))
        var values = [Float](repeating: 0, count: vectors.count * stride)
        var columns = [Float](repeating: 0, count: width * stride)
        for (place, item) in items.enumerated() {
            let start = item.position * width
            for d in 0..<width { columns[d * stride + place] = rows.storage[start + d] }
        }
        // Rounding of x, then of each of the sum's fused steps (Higham 2002, §3.1).
        let unit = Double(width + 4) * 0x1p-24
        var (left, errors): ([Float], [Double]) = ([], [])
        left.reserveCapacity(vectors.count * width)
        for vector in vectors {
            precondition(vector.padded.count == width, "a vector of another head")
            var square = 0.0
            for x in vector.padded {
                square += x * x
                left.append(Float(x))
            }
            errors.append(unit * square.squareRoot() * largestNorm)
        }
        kernel_add_product_f32(
            left, width, 1, columns, stride, &values, stride, vectors.count, width, stride)
        return ApproximateProducts(values: values, stride: stride, errors: errors)
    }
}
