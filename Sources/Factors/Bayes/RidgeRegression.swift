// SPDX-License-Identifier: GPL-3.0-or-later

/// Several targets explained by items' features, by weighted least squares with a small ridge.
struct RidgeRegression {
    /// Added to the diagonal: worth this many items.
    private static let ridge = 5.0

    private let features: ItemFeatures
    private let targetCount: Int
    /// columns × targets.
    private let coefficients: [Double]

    /// Fits `targets` (items × targetCount) with a weight ≥ 0 for each item.
    ///
    /// O(items · columns · (columns + targets)). With no weight at all every prediction is 0.
    init(
        _ features: ItemFeatures, targets: (Int) -> [Double], targetCount: Int, weights: [Double]
    ) {
        self.features = features
        self.targetCount = targetCount
        let columns = features.columnCount
        let width = FactorMatrix.stride(forColumns: columns)
        var matrix = [Double](repeating: 0, count: width * width)
        var right = [Double](repeating: 0, count: columns * targetCount)
        for row in 0..<features.itemCount where weights[row] > 0 {
            let x = features.values[row * columns..<(row + 1) * columns]
            let y = targets(row)
            for (i, value) in x.enumerated() where value != 0 {
                let weighted = weights[row] * value
                for (j, other) in x.enumerated().dropFirst(i) {
                    matrix[i * width + j] += weighted * other
                }
                for target in 0..<targetCount {
                    right[i * targetCount + target] += weighted * y[target]
                }
            }
        }
        coefficients = Self.coefficients(
            matrix, right, columns: columns, targetCount: targetCount, ridge: Self.ridge)
    }

    /// (A + ridge · I)⁻¹ b: columns × targets.
    ///
    /// `squares` is A, of which the upper triangle is read, its rows padded; `right` is b, columns ×
    /// targets.
    static func coefficients(
        _ squares: [Double], _ right: [Double], columns: Int, targetCount: Int, ridge: Double
    ) -> [Double] {
        let width = FactorMatrix.stride(forColumns: columns)
        var matrix = squares
        for d in 0..<width { matrix[d * width + d] += d < columns ? ridge : 1 }
        let inverse = UpperFactor(of: matrix, width: width).inverse()
        var coefficients = right
        // A⁻¹ = U⁻¹U⁻ᵀ; both products run over the few columns.
        for target in 0..<targetCount {
            var half = [Double](repeating: 0, count: columns)
            for i in 0..<columns {
                for k in 0...i {
                    half[i] += inverse[k * width + i] * right[k * targetCount + target]
                }
            }
            for i in 0..<columns {
                var sum = 0.0
                for k in i..<columns { sum += inverse[i * width + k] * half[k] }
                coefficients[i * targetCount + target] = sum
            }
        }
        return coefficients
    }

    /// What the features of an item say of its targets.
    func prediction(of item: Int) -> [Double] {
        let columns = features.columnCount
        var result = [Double](repeating: 0, count: targetCount)
        for i in 0..<columns {
            let value = features.values[item * columns + i]
            if value == 0 { continue }
            for target in 0..<targetCount {
                result[target] += value * coefficients[i * targetCount + target]
            }
        }
        return result
    }
}
