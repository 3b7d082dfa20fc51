// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// The directions in which rows vary most.
public enum PrincipalComponents {
    /// The coordinates of centred rows of `width` numbers along their first `count` principal
    /// components, `count` a row; the rows themselves when they are no longer than that.
    ///
    /// Components are the eigenvectors of rowsᵀ·rows, largest eigenvalues first. Lengths along all
    /// components are kept, so distances and inner products change only by what the left-out
    /// components hold. O(rows × width² + width³).
    public static func reduce(_ rows: [Double], width: Int, to count: Int) -> [Double] {
        guard width > count else { return rows }
        let rowCount = rows.count / width
        let stride = (width + 15) / 16 * 16
        var matrix = [Double](repeating: 0, count: stride * stride)
        var packed = [Double](repeating: 0, count: stride)
        for row in 0..<rowCount {
            for column in 0..<width { packed[column] = rows[row * width + column] }
            kernel_add_gram_f64(packed, 1, stride, &matrix)
        }
        var symmetric = [Double](repeating: 0, count: width * width)
        for row in 0..<width {
            for column in row..<width {
                symmetric[row * width + column] = matrix[row * stride + column]
                symmetric[column * width + row] = matrix[row * stride + column]
            }
        }
        let vectors = SymmetricEigen(symmetric, order: width).vectors
        var reduced = [Double](repeating: 0, count: rowCount * count)
        for row in 0..<rowCount {
            for column in 0..<width {
                let value = rows[row * width + column]
                for component in 0..<count {
                    reduced[row * count + component] += value * vectors[column * width + component]
                }
            }
        }
        return reduced
    }
}
