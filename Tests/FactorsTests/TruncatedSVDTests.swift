// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("Truncated SVD")
struct TruncatedSVDTests {
    private let data = SmallData.random(users: 40, items: 25, density: 0.4, seed: 4)

    private func column(_ head: TruncatedSVDHead, _ factor: Int) -> [Double] {
        (0..<head.itemCount).map { Double(head.itemFactors[$0, factor]) }
    }

    /// Ratings in blocks that share neither users nor items: each has one singular value,
    /// rating · √(users · items).
    private func blocks(_ shapes: [(users: Int, items: Int, rating: Float)]) -> RatingMatrix {
        var ratings: [(user: Int, item: Int, value: Float)] = []
        var (firstUser, firstItem) = (0, 0)
        for shape in shapes {
            for user in 0..<shape.users {
                for item in 0..<shape.items {
                    ratings.append((firstUser + user, firstItem + item, shape.rating))
                }
            }
            firstUser += shape.users
            firstItem += shape.items
        }
        return SmallData.matrix(ratings, users: firstUser, items: firstItem)
    }

    @Test("singular values and vectors of disjoint blocks are the known ones")
    func planted() throws {
        let matrix = blocks([(4, 9, 5), (9, 4, 3), (16, 1, 2), (300, 5, 1)])
        let head = try TruncatedSVDTrainer.train(
            matrix, options: .init(fill: .zero, factors: 4))
        // 1·√1500, 5·√36, 3·√36, 2·√16.
        let expected = [Double(1500).squareRoot(), 30, 18, 8]
        for (value, known) in zip(head.singularValues, expected) {
            #expect(abs(value - known) < 1e-9)
        }
        #expect(column(head, 1)[..<9].allSatisfy { abs($0 - 1.0 / 3) < 1e-7 })
        #expect(column(head, 1)[9...].allSatisfy { abs($0) < 1e-7 })
        #expect(abs(column(head, 3)[13] - 1) < 1e-7)
    }

    @Test("factors beyond the rank are zero")
    func rank() throws {
        let matrix = blocks([(2, 3, 4), (3, 2, 1)])
        let head = try TruncatedSVDTrainer.train(
            matrix, options: .init(fill: .zero, factors: 6))
        #expect(head.singularValues[2...].allSatisfy { $0 == 0 })
        for factor in 2..<6 { #expect(column(head, factor).allSatisfy { $0 == 0 }) }
    }

    @Test("right singular vectors are orthonormal")
    func orthonormal() throws {
        for fill in SVDFill.allCases {
            let head = try TruncatedSVDTrainer.train(
                data, options: .init(fill: fill, factors: 12))
            for a in 0..<12 {
                for b in 0...a {
                    let product = ReferenceAlgebra.dot(column(head, a), column(head, b))
                    #expect(abs(product - (a == b ? 1 : 0)) < 1e-6)
                }
            }
            #expect(zip(head.singularValues, head.singularValues.dropFirst()).allSatisfy(>=))
        }
    }

    @Test("with all factors each form gives back the ratings and its own filling")
    func complete() throws {
        let biases = DampedBiases(data)
        for fill in SVDFill.allCases {
            let head = try TruncatedSVDTrainer.train(
                data, options: .init(fill: fill, factors: 25))
            for user in 0..<data.userCount {
                let profile = data.profile(of: UserIndex(user))
                let vector = head.foldIn(profile).vector
                let mean = profile.values.reduce(0.0) { $0 + Double($1) } / Double(profile.count)
                // The last item has no ratings, so no direction leads there.
                for item in (0..<head.itemCount - 1).map({ ItemIndex($0) }) {
                    let filling =
                        switch fill {
                        case .zero: 0.0
                        case .userMean: profile.isEmpty ? biases.mean : mean
                        case .biasResidual: biases.predict(UserIndex(user), item)
                        }
                    let rated = profile.position(of: item).map { Double(profile.values[$0]) }
                    let score = head.score(of: item, for: vector)
                    #expect(abs(score - (rated ?? filling)) < 1e-5)
                }
            }
        }
    }

    @Test("random directions do not show in the result, but in its last bits")
    func seeds() throws {
        let (train, _) = SmallData.planted(users: 120, items: 90, noise: 0.1, seed: 2)
        let heads = try [1, 2].map {
            try TruncatedSVDTrainer.train(train, options: .init(factors: 2, seed: $0))
        }
        #expect(heads[0] != heads[1])
        for (a, b) in zip(heads[0].singularValues, heads[1].singularValues) {
            #expect(abs(a / b - 1) < 1e-9)
        }
        for (a, b) in zip(column(heads[0], 1), column(heads[1], 1)) {
            #expect(abs(a - b) < 1e-6)
        }
    }

    @Test("ratings moved and stretched move and stretch the forms that take means off")
    func scales() throws {
        let moved = RatingMatrix(
            byUser: SparseRows(
                columnCount: data.itemCount, offsets: data.byUser.offsets,
                columns: data.byUser.columns,
                values: RatingValues(data.byUser.values.map { $0 * 5 - 15 })),
            timestamps: data.timestamps)
        for fill in [SVDFill.userMean, .biasResidual] {
            let options = TruncatedSVDOptions(fill: fill, factors: 5)
            let (narrow, wide) = (
                try TruncatedSVDTrainer.train(data, options: options),
                try TruncatedSVDTrainer.train(moved, options: options)
            )
            for user in 0..<data.userCount {
                let small = narrow.foldIn(data.profile(of: UserIndex(user))).vector
                let large = wide.foldIn(moved.profile(of: UserIndex(user))).vector
                for item in (0..<data.itemCount).map({ ItemIndex($0) }) {
                    let expected = narrow.score(of: item, for: small) * 5 - 15
                    #expect(abs(wide.score(of: item, for: large) - expected) < 1e-4)
                }
            }
        }
    }

    @Test("bad options are refused by name, and refusing progress cancels")
    func refused() {
        let bad: [(TruncatedSVDOptions, String)] = [
            (.init(factors: 0), "factors"), (.init(factors: 257), "factors"),
            (.init(oversampling: -1), "oversampling"),
            (.init(powerIterations: 1001), "powerIterations"),
            (.init(userDamping: -1), "userDamping"), (.init(itemDamping: .nan), "itemDamping"),
        ]
        for (options, name) in bad {
            do throws(TrainingError) {
                _ = try TruncatedSVDTrainer.train(data, options: options)
                Issue.record("accepted a bad \(name)")
            } catch {
                #expect(error.description.contains("training option \(name) must be"))
            }
        }
        var calls = 0
        #expect(throws: TrainingError.cancelled) {
            try TruncatedSVDTrainer.train(data) { _ in
                calls += 1
                return calls < 3
            }
        }
    }

    @Test("progress rises from 0 to 1")
    func progress() throws {
        var seen: [Double] = []
        _ = try TruncatedSVDTrainer.train(data) {
            seen.append($0)
            return true
        }
        #expect(seen.first == 0 && seen.last == 1)
        #expect(zip(seen, seen.dropFirst()).allSatisfy(<))
    }
}
