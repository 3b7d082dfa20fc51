// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

/// What the ranking head promises of the exact solve, checked against elimination.
@Suite("Fold-in")
struct FoldInTests {
    private static let data = SmallData.random(users: 90, items: 120, density: 0.7, seed: 6)
    static let factorCounts = [1, 5, 15, 31, 33]

    static func head(_ factors: Int) throws -> RankingHead {
        try RankingTrainer.train(
            data, scale: SmallData.scale, options: .init(factors: factors, sweeps: 3))
    }

    /// The prior that the head's documentation states, from its public parts.
    private func prior(_ head: RankingHead, count: Int) -> [[Double]] {
        let activity = head.activity(ratingCount: max(1, count))
        let unobserved = activity * head.options.unobservedWeight * Double(head.ratedItemCount)
        let ridge = head.options.regularization * (Double(max(1, count)) + unobserved)
        let d = head.dimensions
        return (0..<d).map { row in
            (0..<d).map { activity * head.gramian[row * d + $0] + (row == $0 ? ridge : 0) }
        }
    }

    private func designs(_ head: any LinearHead, _ items: [Int32]) -> [[Double]] {
        items.map { item in
            var z = [Double](repeating: .nan, count: head.dimensions)
            head.design(of: ItemIndex(rawValue: item), into: &z)
            return z
        }
    }

    @Test("the vector is the dense solution, and solve gives A⁻¹ b", arguments: factorCounts)
    func exact(factors: Int) throws {
        let head = try Self.head(factors)
        for user in [0, 7, 33] {
            let profile = Self.data.profile(of: UserIndex(user))
            let rows = designs(head, profile.items)
            let weights = profile.values.map { head.weight(of: $0) }
            let prior = prior(head, count: profile.count)
            let expected = ReferenceSweep.solution(
                rows, weights: weights, weights.map { _ in 1 }, prior: prior)
            let foldIn = head.foldIn(profile)
            #expect(foldIn.vector.coordinates.count == head.dimensions)
            for d in 0..<head.dimensions {
                #expect(abs(foldIn.vector.coordinates[d] - expected[d]) < 1e-10)
            }
            let right = (0..<head.dimensions).map { Double($0 % 3) - 1 }
            let solved = foldIn.solve(right)
            let matrix = ReferenceAlgebra.normalMatrix(
                rows: rows, weights: weights, prior: prior)
            for (row, value) in zip(matrix, right) {
                #expect(abs(ReferenceAlgebra.dot(row, solved) - value) < 1e-9)
            }
        }
    }

    @Test("base and contributions add up to the score within 1e-9", arguments: factorCounts)
    func sums(factors: Int) throws {
        let head = try Self.head(factors)
        for user in 0..<20 {
            let profile = Self.data.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
                let shares = head.contributions(of: profile, to: item, with: foldIn)
                #expect(shares.count == profile.count)
                let sum = shares.reduce(head.base(of: item), +)
                #expect(abs(sum - head.score(of: item, for: foldIn.vector)) < 1e-9)
            }
        }
    }

    @Test("a user without ratings gets the zero vector and the bases", arguments: factorCounts)
    func empty(factors: Int) throws {
        let head = try Self.head(factors)
        let foldIn = head.foldIn(.empty)
        #expect(foldIn.vector.coordinates == [Double](repeating: 0, count: head.dimensions))
        for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
            #expect(head.score(of: item, for: foldIn.vector) == head.base(of: item))
            #expect(head.contributions(of: .empty, to: item, with: foldIn).isEmpty)
        }
    }

    @Test("a long history is folded in by blocks without a seam")
    func long() throws {
        let items = (0..<700).map { Int32($0) }
        let matrix = RatingMatrix(
            RatingColumns(
                users: items.map { _ in 0 }, items: items,
                values: items.map { Float($0 % 5 + 1) }, timestamps: items.map { _ in 0 }),
            userCount: 1, itemCount: 700)
        let head = try RankingTrainer.train(
            matrix, scale: SmallData.scale, options: .init(factors: 4))
        let profile = matrix.profile(of: UserIndex(0))
        let expected = ReferenceSweep.solution(
            designs(head, items), weights: profile.values.map { head.weight(of: $0) },
            items.map { _ in 1 }, prior: prior(head, count: 700))
        for (value, reference) in zip(head.foldIn(profile).vector.coordinates, expected) {
            #expect(abs(value - reference) < 1e-10)
        }
    }
}
