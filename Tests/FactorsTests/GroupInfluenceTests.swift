// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// What groups of users do to the items' equations, against plain sums and elimination.
@Suite("Group influence")
struct GroupInfluenceTests {
    private static let users = 30
    private static let items = 9
    private static let factors = 4
    private static let random = CounterRandom(seed: 12)

    private static let matrix: RatingMatrix = {
        var columns = RatingColumns()
        for user in 0..<users {
            for item in 0..<items where random.uniform(UInt64(user * 100 + item)) < 0.5 {
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(1 + random.integer(below: 5, UInt64(5000 + user * 100 + item))),
                    timestamp: 0)
            }
        }
        return RatingMatrix(columns, userCount: users, itemCount: items)
    }()

    private static let userFactors: FactorMatrix = {
        var rows = FactorMatrix(rowCount: users, columnCount: factors)
        for user in 0..<users {
            for d in 0..<factors {
                rows[user, d] = Float(random.normal(UInt64(90_000 + user * 10 + d)))
            }
        }
        return rows
    }()

    /// Gaussian elimination with pivots.
    private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var rows = zip(matrix, right).map { $0 + [$1] }
        let n = right.count
        for column in 0..<n {
            let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? 0
            rows.swapAt(column, pivot)
            for row in 0..<n where row != column {
                let factor = rows[row][column] / rows[column][column]
                for k in column...n { rows[row][k] -= factor * rows[column][k] }
            }
        }
        return (0..<n).map { rows[$0][n] / rows[$0][$0] }
    }

    @Test("items solve the weighted equations with the parity term")
    func rankingEquations() throws {
        let weights = (0..<Self.users).map { Float($0 % 3 == 0 ? 2.5 : 0.5) }
        let contrast = try #require(
            GroupContrast((0..<Self.users).map { $0 == 7 ? nil : $0 % 3 == 0 }))
        let strength = 6.0
        let options = RankingHeadOptions(factors: Self.factors)
        let weight: @Sendable (Float) -> Double = { 0.2 * Double($0) }
        let userSide = RankingSide(Self.matrix.byUser, weight: weight, influence: weights)
        let itemSide = RankingSide(Self.matrix.byItem, weight: weight)
        let influence = GroupInfluence(
            weights: weights, contrasts: [contrast], parityStrength: strength)
        var solved = FactorMatrix(rowCount: Self.items, columnCount: Self.factors)
        for item in 0..<Self.items { solved[item, 0] = 9 }
        itemSide.solve(
            against: Self.userFactors, userSide, options,
            extra: RankingTrainer.parity(Self.userFactors, influence), into: &solved, threads: 2)

        func vector(_ user: Int) -> [Double] { Self.userFactors.row(user).map(Double.init) }
        let members = (0..<Self.users).filter { $0 % 3 == 0 && $0 != 7 }
        let others = (0..<Self.users).filter { $0 % 3 != 0 && $0 != 7 }
        func mean(_ users: [Int], _ d: Int) -> Double {
            var sum = 0.0
            for user in users { sum += vector(user)[d] }
            return sum / Double(users.count)
        }
        var difference: [Double] = []
        for d in 0..<Self.factors { difference.append(mean(members, d) - mean(others, d)) }
        for item in 0..<Self.items {
            let entries = Self.matrix.byItem.range(ofRow: item)
            var matrix = [[Double]](
                repeating: [Double](repeating: 0, count: Self.factors), count: Self.factors)
            var right = [Double](repeating: 0, count: Self.factors)
            let unobserved = options.unobservedWeight
            let observed = unobserved * Double(userSide.ratedCount)
            for a in 0..<Self.factors {
                for b in 0..<Self.factors {
                    var sum = strength * difference[a] * difference[b]
                    for user in 0..<Self.users {
                        let product = vector(user)[a] * vector(user)[b]
                        sum += unobserved * Double(weights[user]) * product
                    }
                    matrix[a][b] = sum
                }
                matrix[a][a] += options.regularization * (Double(entries.count) + observed)
            }
            for entry in entries {
                let user = Int(Self.matrix.byItem.columns[entry])
                let w = weight(Self.matrix.byItem.values[entry]) * Double(weights[user])
                for a in 0..<Self.factors {
                    right[a] += w * vector(user)[a]
                    for b in 0..<Self.factors {
                        matrix[a][b] += w * vector(user)[a] * vector(user)[b]
                    }
                }
            }
            let expected = solve(matrix, right)
            for d in 0..<Self.factors { #expect(abs(Double(solved[item, d]) - expected[d]) < 1e-4) }
        }
    }

    @Test("a pseudo rating adds its rank-one term, and its residual is taken off again")
    func pseudoRating() {
        let difference = [0.25, -1.5, 0.5, 2]
        let rating = PseudoRating(difference, precision: 3)
        #expect(rating.design == [0, -1.5, 0.5, 2])
        #expect(rating.target == -0.25)
        var matrix = [Float](repeating: 1, count: 16)
        var vector = [Float](repeating: 1, count: 4)
        let square = rating.add(to: &matrix, &vector, dividedBy: 0.5)
        #expect(square == 6 * 0.0625)
        for row in 0..<4 {
            for column in 0..<4 {
                #expect(
                    matrix[row * 4 + column]
                        == 1 + 6 * rating.design[row] * rating.design[column])
            }
            #expect(vector[row] == 1 - 1.5 * rating.design[row])
        }
        let point: [Float] = [9, 1, 2, 0.5]
        // −1.5 + 1 + 1 = 0.5 beside a target of −0.25.
        #expect(rating.residual(of: point) == 3 * 0.75 * 0.75)
    }

    @Test("contrasts of nobody are none")
    func contrasts() {
        #expect(GroupContrast([true, true, nil]) == nil)
        #expect(GroupContrast([false, nil]) == nil)
        #expect(GroupContrast([]) == nil)
        #expect(GroupContrast([true, false, false, nil])?.coefficients == [1, -0.5, -0.5, 0])
    }

    @Test("the weighted residuals of the sampler leave predictions on the scale of the ratings")
    func weightedSampler() throws {
        let weights = (0..<Self.users).map { Float($0 % 2 == 0 ? 1.5 : 0.5) }
        let options = BayesianOptions(factors: 3, sweeps: 10, burnIn: 4, samples: 2)
        let weighted = try BayesianTrainer.train(
            Self.matrix, options: options, influence: GroupInfluence(weights: weights))
        let plain = try BayesianTrainer.train(Self.matrix, options: options)
        #expect(weighted != plain)
        #expect(weighted.itemPrecisions.allSatisfy { $0 > 0.05 && $0 < 20 })
    }
}
