// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Finds the neighbours of each item of a trained head.
///
/// With e_ui = (r_ui − score(u, i)) / σ over the ratings trained on, G_ij = Σ_u g_u e_ui e_uj and
/// V_ij = Σ_u (g_u e_ui e_uj)² over the users who rated both, g_u being how much the user's group counts
/// (1, unless groups are weighed), item j may be a neighbour of i where G_ij > 0 and z² = G_ij² / V_ij > 4.
/// Those with the largest G_ij² / (G_jj + 400 ē²) are kept, ē² being the mean of e², each with the
/// weight 1.75 (1 − 4/z²) G_ij / (G_jj + 20 ē²).
///
/// The weight is a ridge regression of one residual on another, shrunk further where it may be chance
/// (in the manner of James & Stein 1961), and enlarged because a model leaves less of the ratings that
/// it was trained on than of others. On MovieLens 1M it is worth .004 of RMSE, on MovieLens 100K
/// .0006, on the small one .004; ten neighbours, negative weights or all other items at once
/// (Steck 2019) are worth .001 to .0025 there.
struct NeighbourLearning {
    /// What z² must exceed, and by which the weights shrink.
    private static let chance: Float = 4
    /// How many ratings' worth of residuals damp the choice of neighbours.
    private static let choiceDamping = 400.0
    /// The same of the weights.
    private static let weightDamping = 20.0
    /// What weights are multiplied by.
    private static let enlargement: Float = 1.75
    /// Residuals of a smaller mean square say nothing.
    private static let residualMin = 1e-12
    /// Who has rated more is passed over: pairs of items are quadratic in these.
    static let ratingsMax = 10_000
    /// Items, and users, between two looks at whether to go on.
    static let itemsAtOnce = 1024

    private let matrix: RatingMatrix
    /// How many neighbours an item has at most.
    private let count: Int
    /// How much each user's ratings count; empty for 1 each.
    private let userWeights: [Float]
    private let threads: Int

    /// Joins what is learned from.
    init(_ matrix: RatingMatrix, count: Int, influence: GroupInfluence, threads: Int) {
        self.matrix = matrix
        self.count = count
        userWeights = influence.weights
        self.threads = threads
    }

    /// The head with its items' neighbours, if any are asked for; nil when `progress`, which gets 0…1,
    /// cancels.
    func joined(_ head: BayesianHead, progress: (Double) -> Bool) -> BayesianHead? {
        count == 0 ? head : learned(head, progress: progress).map(head.given)
    }

    /// The neighbours; nil when `progress`, which gets 0…1, cancels.
    ///
    /// O(users · solving one + Σ ratings of a user²). The bits do not depend on the number of
    /// threads.
    func learned(_ head: BayesianHead, progress: (Double) -> Bool) -> ItemNeighbours? {
        guard let residuals = residuals(head, progress: { progress(0.5 * $0) }) else { return nil }
        let squares = squares(residuals)
        let mean = squares.reduce(0, +) / Double(max(residuals.count, 1))
        let damped = squares.map {
            Damped(
                choice: Float(1 / ($0 + Self.choiceDamping * mean)),
                weight: Float(1 / ($0 + Self.weightDamping * mean)))
        }
        // Not of what one value of all ratings leaves, which is rounding.
        guard mean > Self.residualMin else {
            return progress(1)
                ? ItemNeighbours([[ItemNeighbours.Neighbour]](repeating: [], count: damped.count))
                : nil
        }
        var lists: [[ItemNeighbours.Neighbour]] = []
        let items = matrix.itemCount
        for first in stride(from: 0, to: items, by: Self.itemsAtOnce) {
            lists += neighbours(first..<min(first + Self.itemsAtOnce, items), residuals, damped)
            guard progress(0.5 + 0.5 * Double(lists.count) / Double(items)) else { return nil }
        }
        return ItemNeighbours(lists)
    }

    /// e_ui in the order of the users' ratings.
    private func residuals(_ head: BayesianHead, progress: (Double) -> Bool) -> [Float]? {
        let rows = matrix.byUser
        let scale = 1 / head.deviation
        var residuals: [Float] = []
        residuals.reserveCapacity(rows.count)
        for first in stride(from: 0, to: rows.rowCount, by: Self.itemsAtOnce) {
            let count = min(Self.itemsAtOnce, rows.rowCount - first)
            let some = Parallel.map(count: count, chunk: 8, threads: threads) { place in
                let profile = matrix.profile(of: UserIndex(first + place))
                guard !profile.isEmpty else { return [Float]() }
                let vector = head.foldIn(profile).vector
                return zip(profile.items, profile.values).map { item, value in
                    let score = head.designs.modelScore(
                        of: ItemIndex(rawValue: item), for: vector)
                    return Float(scale * (Double(value) - score))
                }
            }
            for own in some { residuals += own }
            guard progress(Double(first + count) / Double(rows.rowCount)) else { return nil }
        }
        return residuals
    }

    /// G_jj of every item.
    private func squares(_ residuals: [Float]) -> [Double] {
        var squares = [Double](repeating: 0, count: matrix.itemCount)
        for user in 0..<matrix.userCount {
            let weight = Double(userWeights.isEmpty ? 1 : userWeights[user])
            for entry in matrix.byUser.range(ofRow: user) {
                let residual = Double(residuals[entry])
                squares[Int(matrix.byUser.columns[entry])] += weight * residual * residual
            }
        }
        return squares
    }

    /// 1 over an item's damped G_jj.
    private struct Damped {
        let choice: Float
        let weight: Float
    }

    /// Those of some items.
    private func neighbours(
        _ items: Range<Int>, _ residuals: [Float], _ damped: [Damped]
    ) -> [[ItemNeighbours.Neighbour]] {
        let itemCount = matrix.itemCount
        return Parallel.map(count: items.count, chunk: 8, threads: threads) {
            [SIMD2<Float>](repeating: .zero, count: itemCount)
        } _: { place, sums in
            sums.withUnsafeMutableBufferPointer {
                neighbours(of: items.lowerBound + place, residuals, damped, sums: $0)
            }
        }
    }

    /// Those of one item; `sums`, G and V of every item, are zero before and after.
    private func neighbours(
        of item: Int, _ residuals: [Float], _ damped: [Damped],
        sums: UnsafeMutableBufferPointer<SIMD2<Float>>
    ) -> [ItemNeighbours.Neighbour] {
        residuals.withUnsafeBufferPointer { residuals in
            matrix.byUser.columns.withUnsafeBufferPointer { columns in
                forEachRater(of: item, columns) { row, entry, weight in
                    let own = weight * residuals[entry]
                    for k in row {
                        let product = own * residuals[k]
                        sums[Int(columns[k])] += SIMD2(product, product * product)
                    }
                }
                sums[item] = .zero
                var best: [(choice: Float, neighbour: ItemNeighbours.Neighbour)] = []
                forEachRater(of: item, columns) { row, _, _ in
                    for k in row {
                        let other = Int(columns[k])
                        let sum = sums[other]
                        sums[other] = .zero
                        guard sum.x > 0, sum.x * sum.x > Self.chance * sum.y else { continue }
                        insert(sum, other, damped[other], into: &best)
                    }
                }
                return best.map(\.neighbour).sorted { $0.item < $1.item }
            }
        }
    }

    /// Calls `body` with each rater's row, where the rating of `item` stands in it, and how much the
    /// rater counts.
    private func forEachRater(
        of item: Int, _ columns: UnsafeBufferPointer<Int32>,
        _ body: (_ row: Range<Int>, _ entry: Int, _ weight: Float) -> Void
    ) {
        for place in matrix.byItem.range(ofRow: item) {
            let user = Int(matrix.byItem.columns[place])
            let row = matrix.byUser.range(ofRow: user)
            guard row.count <= Self.ratingsMax else { continue }
            var (low, high) = (row.lowerBound, row.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if Int(columns[middle]) < item { low = middle + 1 } else { high = middle }
            }
            body(row, low, userWeights.isEmpty ? 1 : userWeights[user])
        }
    }

    /// Keeps the best, of equally good ones the first items.
    private func insert(
        _ sum: SIMD2<Float>, _ item: Int, _ damped: Damped,
        into best: inout [(choice: Float, neighbour: ItemNeighbours.Neighbour)]
    ) {
        let choice = sum.x * sum.x * damped.choice
        let certainty = 1 - Self.chance * sum.y / (sum.x * sum.x)
        let neighbour = ItemNeighbours.Neighbour(
            item: Int32(item), weight: Self.enlargement * certainty * sum.x * damped.weight)
        let place =
            best.firstIndex {
                $0.choice < choice || ($0.choice == choice && $0.neighbour.item > neighbour.item)
            } ?? best.count
        guard place < count else { return }
        best.insert((choice, neighbour), at: place)
        if best.count > count { best.removeLast() }
    }
}
