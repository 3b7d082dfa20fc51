// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

/// What both heads promise of the exact solve, each checked against elimination.
@Suite("Fold-in")
struct FoldInTests {
    private static let data = SmallData.random(users: 90, items: 120, density: 0.7, seed: 6)
    static let factorCounts = [1, 5, 15, 31, 33]

    static func heads(_ factors: Int) throws -> [any LinearHead] {
        [
            try RatingTrainer.train(
                data, scale: SmallData.scale, options: .init(factors: factors, sweeps: 3)),
            try RankingTrainer.train(
                data, scale: SmallData.scale, options: .init(factors: factors, sweeps: 3)),
        ]
    }

    /// The prior that the head's documentation states, from its public parts.
    private func prior(_ head: any LinearHead, count: Int) -> [[Double]] {
        let n = Double(max(1, count))
        if let head = head as? RankingHead {
            let activity = head.activity(ratingCount: max(1, count))
            let unobserved =
                activity * head.options.unobservedWeight * Double(head.ratedItemCount)
            let ridge = head.options.regularization * (n + unobserved)
            let d = head.dimensions
            return (0..<d).map { row in
                (0..<d).map { activity * head.gramian[row * d + $0] + (row == $0 ? ridge : 0) }
            }
        }
        let (bias, factors) =
            (head as? RatingHead).map { ($0.biasRegularization, $0.regularization) } ?? (0, 0)
        return ReferenceAlgebra.diagonal(head.dimensions) {
            n.squareRoot() * ($0 == 0 ? bias : factors)
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
        for head in try Self.heads(factors) {
            for user in [0, 7, 33] {
                let profile = Self.data.profile(of: UserIndex(user))
                let rows = designs(head, profile.items)
                let equations = profile.items.indices.map { k in
                    head.weightedTarget(
                        of: ItemIndex(rawValue: profile.items[k]), rating: profile.values[k],
                        profileCount: profile.count)
                }
                let prior = prior(head, count: profile.count)
                let expected = ReferenceSweep.solution(
                    rows, weights: equations.map(\.weight), equations.map(\.target), prior: prior)
                let foldIn = head.foldIn(profile)
                #expect(foldIn.vector.coordinates.count == head.dimensions)
                for d in 0..<head.dimensions {
                    #expect(abs(foldIn.vector.coordinates[d] - expected[d]) < 1e-10)
                }
                let right = (0..<head.dimensions).map { Double($0 % 3) - 1 }
                let solved = foldIn.solve(right)
                let matrix = ReferenceAlgebra.normalMatrix(
                    rows: rows, weights: equations.map(\.weight), prior: prior)
                for (row, value) in zip(matrix, right) {
                    #expect(abs(ReferenceAlgebra.dot(row, solved) - value) < 1e-9)
                }
            }
        }
    }

    @Test("base and contributions add up to the score within 1e-9", arguments: factorCounts)
    func sums(factors: Int) throws {
        for head in try Self.heads(factors) {
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
    }

    @Test("a user without ratings gets the zero vector and the bases", arguments: factorCounts)
    func empty(factors: Int) throws {
        for head in try Self.heads(factors) {
            let foldIn = head.foldIn(.empty)
            #expect(foldIn.vector.coordinates == [Double](repeating: 0, count: head.dimensions))
            for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
                #expect(head.score(of: item, for: foldIn.vector) == head.base(of: item))
                #expect(head.contributions(of: .empty, to: item, with: foldIn).isEmpty)
            }
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
        let head = try RatingTrainer.train(
            matrix, scale: SmallData.scale, options: .init(factors: 4))
        let profile = matrix.profile(of: UserIndex(0))
        let expected = ReferenceSweep.solution(
            designs(head, items), weights: items.map { _ in 1 },
            profile.values.enumerated().map {
                Double($0.element) - head.base(of: ItemIndex($0.offset))
            }, prior: prior(head, count: 700))
        for (value, reference) in zip(head.foldIn(profile).vector.coordinates, expected) {
            #expect(abs(value - reference) < 1e-10)
        }
    }
}
