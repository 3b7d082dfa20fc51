// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// One alternation of the ranking trainer, as plain loops in Double over a head's item side.
enum ReferenceSweep {
    /// A side of the model: one row of coordinates for each user or item.
    typealias Rows = [[Double]]

    /// Item rows after a user step and an item step from those of `head`.
    static func ranking(_ head: RankingHead, _ matrix: RatingMatrix) -> Rows {
        let items = (0..<head.itemCount).map { head.itemFactors.row($0).map(Double.init) }
        let users = rankingStep(
            matrix.byUser, against: items, ratedOthers: Set(matrix.byUser.columns).count,
            otherActivities: items.map { _ in 1 }, head
        ) { head.activity(ratingCount: $0) }
        return rankingStep(
            matrix.byItem, against: users, ratedOthers: Set(matrix.byItem.columns).count,
            otherActivities: users.indices.map {
                head.activity(ratingCount: matrix.byUser.range(ofRow: $0).count)
            }, head
        ) { _ in 1 }
    }

    private static func rankingStep(
        _ rows: SparseRows, against other: Rows, ratedOthers: Int, otherActivities: [Double],
        _ head: RankingHead, activity: (Int) -> Double
    ) -> Rows {
        let options = head.options
        let all = ReferenceAlgebra.normalMatrix(
            rows: other, weights: otherActivities.map { $0 * options.unobservedWeight },
            prior: ReferenceAlgebra.diagonal(head.dimensions) { _ in 0 })
        return (0..<rows.rowCount).map { row in
            let entries = rows.range(ofRow: row)
            guard !entries.isEmpty else { return [Double](repeating: 0, count: head.dimensions) }
            let activity = activity(entries.count)
            let unobserved = activity * options.unobservedWeight * Double(ratedOthers)
            var prior = all.map { $0.map { activity * $0 } }
            for d in prior.indices {
                prior[d][d] += options.regularization * (Double(entries.count) + unobserved)
            }
            return solution(
                entries.map { other[Int(rows.columns[$0])] },
                weights: entries.map { head.weight(of: rows.values[$0]) },
                entries.map { _ in 1 }, prior: prior)
        }
    }

    /// The solution of (Σ w z zᵀ + prior) x = Σ w t z.
    static func solution(
        _ designs: Rows, weights: [Double], _ targets: [Double], prior: Rows
    ) -> [Double] {
        var right = [Double](repeating: 0, count: prior.count)
        for k in designs.indices {
            for d in right.indices { right[d] += weights[k] * targets[k] * designs[k][d] }
        }
        return ReferenceAlgebra.solve(
            ReferenceAlgebra.normalMatrix(rows: designs, weights: weights, prior: prior), right)
    }
}
