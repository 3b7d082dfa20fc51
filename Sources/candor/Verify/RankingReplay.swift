// SPDX-License-Identifier: GPL-3.0-or-later

/// Implicit ALS: score = y_j·x, A x = Σ w_i y_i, A = c G + λ(n + c α N) I + Σ w_i y_i y_iᵀ, where
/// c = n^exponent / mean activity.
struct RankingReplay: Replay {
    let items: [String]
    private let target: [Double]
    private let designs: [[Double]]
    private let weights: [Double]
    private let rated: RatedEquations
    private let gramian: [Double]
    private let exponent: Double
    private let meanActivity: Double
    private let regularization: Double
    private let unobserved: Double
    private let ratedItems: Double

    init(_ export: ExplanationExport) throws(VerificationError) {
        items = export.items
        let target = try export.vector("item_design")
        self.target = target
        var (designs, weights): ([[Double]], [Double]) = ([], [])
        for item in items {
            designs.append(try export.vector("design", item: item, count: target.count))
            weights.append(try export.number("weight", item: item))
        }
        (self.designs, self.weights) = (designs, weights)
        rated = RatedEquations(
            designs, weights: weights, targets: weights.map { _ in 1 }, size: target.count)
        gramian = try export.vector("gramian", count: target.count * target.count)
        exponent = try export.number("activity_exponent")
        meanActivity = try export.number("mean_activity")
        regularization = try export.number("regularization")
        unobserved = try export.number("unobserved_weight")
        ratedItems = try export.number("rated_items")
    }

    private func equation(_ kept: [Int]) throws(VerificationError) -> NormalEquation {
        let count = Double(max(kept.count, 1))
        let half = count.squareRoot()
        let quarter = half.squareRoot()
        let powers = [0: 1, 0.25: quarter, 0.5: half, 0.75: half * quarter, 1: count]
        guard let power = powers[exponent] else { throw .incomplete("activity_exponent") }
        let activity = power / meanActivity
        var matrix = gramian.map { activity * $0 }
        let ridge = regularization * (count + activity * unobserved * ratedItems)
        for d in target.indices { matrix[d * target.count + d] += ridge }
        var equation = rated.sum(of: kept)
        equation.add(matrix: matrix, rightSide: target.map { _ in 0 })
        return equation
    }

    func score(_ kept: [Int]) throws(VerificationError) -> Double {
        Self.product(target, try equation(kept).solved())
    }

    func parts(_ kept: [Int]) throws(VerificationError) -> [ReplayedPart] {
        [ReplayedPart(sample: nil, vector: try equation(kept).solved(), design: target)]
    }

    func shares() throws(VerificationError) -> [Double] {
        let u = try equation(Array(items.indices)).solved(target)
        return zip(designs, weights).map { Self.product($0, u) * $1 }
    }
}
