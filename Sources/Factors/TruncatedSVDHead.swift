// SPDX-License-Identifier: GPL-3.0-or-later

/// A truncated singular value decomposition of the rating matrix with its gaps filled.
///
/// With the right singular vectors V frozen (v_j is item j's row), a user with row R (gaps filled)
/// is served the projection R V Vᵀ plus what was taken off before:
/// - `zero`: Σ_i r_i (v_i·v_j);
/// - `userMean`: m + Σ_i (r_i − m)(v_i·v_j), m the mean of the user's ratings;
/// - `biasResidual`: μ + b_j + b_u + Σ_i (r_i − μ − b_i − b_u)(v_i·v_j), b_u as in `BiasHead`.
///
/// For a user trained on this is the row of U Σ Vᵀ, as `scikit-learn`'s
/// `TruncatedSVD.inverse_transform(transform(R))` has it. All three are linear in the ratings.
public struct TruncatedSVDHead: ProjectionHead, Equatable {
    /// μ: the mean of the ratings trained on; 0 under `zero`.
    public let mean: Double
    /// b_j of each item under `biasResidual`, otherwise 0.
    public let itemBiases: [Float]
    /// items × factors: v_j, columns of unit length (zero beyond the rank).
    public let itemFactors: FactorMatrix
    /// The singular values, descending.
    public let singularValues: [Double]
    /// What it was computed with.
    public let options: TruncatedSVDOptions
    /// Rows v_j under `zero`, else (1, v_j); bases b_j; offset μ.
    public let designs: DesignTable

    /// Wraps computed parameters.
    ///
    /// Traps unless there are a bias and a row of `options.factors` per item and as many singular
    /// values as factors, all finite.
    public init(
        mean: Double, itemBiases: [Float], itemFactors: FactorMatrix, singularValues: [Double],
        options: TruncatedSVDOptions
    ) {
        precondition(
            singularValues.count == options.factors && itemFactors.columnCount == options.factors
                && singularValues.allSatisfy(\.isFinite), "factors of a wrong shape")
        precondition(
            options.userDamping >= 0 && options.userDamping.isFinite,
            "damping must be at least 0")
        self.mean = mean
        self.itemBiases = itemBiases
        self.itemFactors = itemFactors
        self.singularValues = singularValues
        self.options = options
        designs = DesignTable(
            rows: options.fill == .zero ? itemFactors : itemFactors.prefixedByOne(),
            bases: itemBiases, offset: mean)
    }

    /// None under `zero`; 0, which makes it the plain mean, under `userMean`; else the options'.
    public var userBiasDamping: Double? {
        switch options.fill {
        case .zero: nil
        case .userMean: 0
        case .biasResidual: options.userDamping
        }
    }
}

extension FactorMatrix {
    /// The same rows with a first column of ones.
    func prefixedByOne() -> FactorMatrix {
        var rows = FactorMatrix(rowCount: rowCount, columnCount: columnCount + 1)
        for row in 0..<rowCount {
            let start = row * rows.stride
            rows.storage[start] = 1
            for (column, value) in self.row(row).enumerated() {
                rows.storage[start + 1 + column] = value
            }
        }
        return rows
    }
}
