// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings
import TestSupport
import Testing

@testable import Factors

/// Closed forms against solves from scratch, for every kind of head.
@Suite("Counterfactuals")
struct CounterfactualsTests {
    private static let matrix = SmallData.random(users: 25, items: 40, density: 0.4, seed: 3)

    private static let heads = Result { try heads(matrix, SmallData.scale) }

    /// Every kind of head, the two real ones also with options that weigh differently.
    private static func heads(
        _ matrix: RatingMatrix, _ scale: RatingScale, sweeps: Int = 6
    ) throws -> [any LinearHead] {
        var plain = BayesianOptions.fast
        plain.sweeps = sweeps
        var zeros = RankingHeadOptions(factors: 20, sweeps: 2)
        zeros.ratingWeights = [0, 0.1, 0.3, 1, 1.3]
        zeros.activityExponent = 0
        let bayesian = try BayesianTrainer.train(
            matrix, options: .init(sweeps: sweeps, burnIn: 2, samples: 3), threads: 2)
        return [
            bayesian, bayesian.given(SmallData.neighbours(items: matrix.itemCount, seed: 3)),
            try BayesianTrainer.train(matrix, options: plain, threads: 2),
            try BayesianTrainer.train(
                matrix, inputs: groups(matrix.userCount),
                options: .init(sweeps: sweeps, burnIn: 2, samples: 3), threads: 2),
            try RankingTrainer.train(
                matrix, scale: scale, options: .init(factors: 16, sweeps: 2), threads: 2),
            try RankingTrainer.train(matrix, scale: scale, options: zeros, threads: 2),
            try BiasHead.train(matrix),
            try MeanHead.train(matrix),
            try PopularityHead.train(matrix),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .zero, factors: 8), threads: 2),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .userMean, factors: 8), threads: 2),
            try TruncatedSVDTrainer.train(
                matrix, options: .init(fill: .biasResidual, factors: 8), threads: 2),
        ]
    }

    /// Two made-up groups of users.
    private static func groups(_ userCount: Int) -> AttributeInputs {
        AttributeInputs([
            UserAttribute(
                name: "group", categories: ["a", "b"],
                codes: (0..<userCount).map { Int32($0 * 5 % 7 % 2) })
        ])
    }

    /// The largest difference of any item's score by two vectors.
    private func difference(
        _ head: some LinearHead, _ vector: UserVector, _ expected: UserVector
    ) -> Double {
        (0..<head.itemCount).reduce(0) { largest, item in
            let item = ItemIndex(item)
            let difference = head.score(of: item, for: vector) - head.score(of: item, for: expected)
            return max(largest, difference.magnitude)
        }
    }

    /// The profile with only the ratings at `kept`, put together from nothing.
    private func profile(_ profile: Profile, keeping kept: [Int]) -> Profile {
        Profile(
            items: kept.map { profile.items[$0] }, values: kept.map { profile.values[$0] },
            timestamps: kept.map { profile.timestamps[$0] }, user: profile.user)
    }

    private func check(_ head: some LinearHead, _ profile: Profile, sets: [[Int]]) {
        let counterfactuals = head.counterfactuals(of: profile, with: head.foldIn(profile))
        for set in sets where set.allSatisfy({ $0 < profile.count }) {
            let kept = profile.items.indices.filter { !set.contains($0) }
            let expected = head.foldIn(self.profile(profile, keeping: kept)).vector
            let vector = counterfactuals.vector(without: set)
            #expect(difference(head, vector, expected) < 1e-9, "\(type(of: head)) \(set)")
        }
    }

    @Test("without any ratings of any user every head scores as if solved from scratch")
    func removals() throws {
        for head in try Self.heads.get() {
            for user in 0..<24 {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let all = Array(profile.items.indices)
                let sets =
                    all.map { [$0] }
                    + [[0, 1], [1, 4], [0, 2, 5], [1, 2, 3, 4, 5, 6], Array(0..<8), all]
                    + [Array(all.dropLast()), Array(all.dropFirst(2))]
                check(head, profile, sets: sets)
            }
        }
    }

    @Test("the last rating of somebody with few leaves what is expected of anybody")
    func few() throws {
        for head in try Self.heads.get() {
            for count in 1...3 {
                let whole = Self.matrix.profile(of: UserIndex(2))
                let profile = profile(whole, keeping: Array(0..<count))
                check(head, profile, sets: [[0], [0, 1], [0, 1, 2], [1, 2], [2]])
            }
        }
    }

    @Test("with another rating in its place every head scores as if solved from scratch")
    func changes() throws {
        for head in try Self.heads.get() {
            for user in stride(from: 0, to: 24, by: 5) {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let counterfactuals = head.counterfactuals(
                    of: profile, with: head.foldIn(profile))
                for position in 0..<min(profile.count, 6) {
                    for value: Float in [1, 2.5, 5] {
                        var values = profile.values
                        values[position] = value
                        let changed = Profile(
                            items: profile.items, values: values, timestamps: profile.timestamps,
                            user: profile.user)
                        let vector = counterfactuals.vector(rating: position, as: value)
                        let expected = head.foldIn(changed).vector
                        let off = difference(head, vector, expected)
                        #expect(off < 1e-9)
                    }
                }
            }
        }
    }

    @Test("a pair is its two steps and a rest within the bounds")
    func pairs() throws {
        var checked = 0
        for head in try Self.heads.get() {
            for user in [0, 7, 15] {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let counterfactuals = head.counterfactuals(
                    of: profile, with: head.foldIn(profile))
                guard let pairs = counterfactuals.pairs() else { continue }
                let (x, steps) = (pairs.steps.base, pairs.steps.steps)
                for a in 0..<profile.count {
                    for b in a + 1..<profile.count {
                        let vector = try #require(pairs.vector(without: a, b))
                        let expected = counterfactuals.vector(without: [a, b])
                        let off = difference(head, vector, expected)
                        #expect(off < 1e-9)
                        var square = 0.0
                        for d in vector.padded.indices {
                            let rest =
                                x.padded[d] - steps[a].padded[d]
                                - steps[b].padded[d] - vector.padded[d]
                            square += rest * rest
                        }
                        let norm = square.squareRoot()
                        #expect(norm <= pairs.togetherNorm(a, b) + 1e-12)
                        #expect(pairs.togetherNorm(a, b) <= pairs.togetherBound(a, b) + 1e-12)
                        checked += 1
                    }
                }
            }
        }
        #expect(checked > 400)
    }

    @Test("bounds of many pairs at a time are those of each")
    func boundRows() throws {
        var checked = 0
        for head in try Self.heads.get() {
            for user in [0, 7, 15] {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let counterfactuals = head.counterfactuals(
                    of: profile, with: head.foldIn(profile))
                guard let pairs = counterfactuals.pairs() else { continue }
                var rows: [Int] = []
                pairs.forEachRow { a, bounds in
                    rows.append(a)
                    #expect(bounds.indices == a + 1..<profile.count)
                    for b in bounds.indices {
                        let expected = pairs.togetherBound(a, b)
                        #expect(
                            bounds[b] == expected || abs(bounds[b] - expected) < 1e-12 * expected)
                        checked += 1
                    }
                }
                #expect(rows == Array(profile.items.indices))
            }
        }
        #expect(checked > 400)
    }

    @Test("what is left scores and shares as if solved from scratch")
    func remainders() throws {
        for head in try Self.heads.get() {
            for user in [0, 7, 15] {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let counterfactuals = head.counterfactuals(
                    of: profile, with: head.foldIn(profile))
                let all = Array(profile.items.indices)
                for set in [[], [1], [0, 3], [1, 2, 4, 5], Array(all.dropFirst(2)), all] {
                    let remainder = counterfactuals.remainder(without: set)
                    let rest = profile.without(set)
                    let foldIn = head.foldIn(rest)
                    #expect(difference(head, remainder.vector, foldIn.vector) < 1e-9)
                    for item in [0, 17, 39].map({ ItemIndex($0) }) {
                        var left = head.shares(of: rest, to: item, with: foldIn).ratings[...]
                        for (position, share) in remainder.shares(to: item).enumerated() {
                            let expected = set.contains(position) ? 0 : left.removeFirst()
                            #expect(abs(share - expected) < 1e-9)
                        }
                        #expect(left.isEmpty)
                    }
                }
            }
        }
    }

    @Test("a step leads to the vector without the rating, and is as long as said")
    func steps() throws {
        var checked = 0
        for head in try Self.heads.get() {
            let profile = Self.matrix.profile(of: UserIndex(7))
            let counterfactuals = head.counterfactuals(of: profile, with: head.foldIn(profile))
            guard let steps = counterfactuals.steps() else { continue }
            for k in 0..<profile.count {
                let expected = counterfactuals.vector(without: [k])
                let step = steps.steps[k].padded
                for d in step.indices {
                    let moved = steps.base.padded[d] - step[d]
                    #expect(abs(moved - expected.padded[d]) < 1e-9)
                }
                let norm = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
                #expect(abs(steps.norms[k] - norm) < 1e-12)
                checked += 1
            }
        }
        #expect(checked > 40)
    }

    @Test("a score without ratings is that of the vector without them")
    func scores() throws {
        for head in try Self.heads.get() {
            for user in [0, 7, 15] {
                let profile = Self.matrix.profile(of: UserIndex(user))
                let counterfactuals = head.counterfactuals(
                    of: profile, with: head.foldIn(profile))
                for item in [0, 3, 39].map({ ItemIndex($0) }) {
                    for set in [[0], [4], [1, 2], Array(profile.items.indices.dropFirst())] {
                        let left = head.foldIn(profile.without(set)).vector
                        let expected = head.score(of: item, for: left)
                        let score = counterfactuals.score(of: item, without: set)
                        #expect(abs(score - expected) < 1e-9)
                    }
                }
            }
        }
    }

    @Test("products in single precision are as near as said")
    func approximateProducts() throws {
        for head in try Self.heads.get() {
            let items = [ItemIndex(3), ItemIndex(0), ItemIndex(39)]
            let vectors = (0..<11).map {
                head.foldIn(Self.matrix.profile(of: UserIndex($0))).vector
            }
            let products = head.designs.approximateProducts(of: items, with: vectors)
            for (row, vector) in vectors.enumerated() {
                for (place, item) in items.enumerated() {
                    let exact = head.designs.product(of: item, with: vector)
                    let value = Double(products.values[row * products.stride + place])
                    #expect(abs(value - exact) <= products.errors[row])
                    #expect(products.errors[row] <= 1e-4 * max(1, abs(exact) * 100))
                }
            }
        }
    }

    @Test("distances are those of the design vectors, rounded up")
    func distances() throws {
        for head in try Self.heads.get() {
            let own = head.designs.rows.row(4).map(Double.init)
            let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for (item, distance) in head.designs.distances(from: own).enumerated() {
                let square = zip(head.designs.rows.row(item), own)
                    .reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
                #expect(distance >= square.squareRoot())
                #expect(distance <= square.squareRoot() * (1 + 1e-3) + 1e-6 * length)
            }
        }
    }

    @Test("designs as a user's scores have them: products, distances and what a rating adds itself")
    func personal() throws {
        for head in try Self.heads.get() {
            let profile = Self.matrix.profile(of: UserIndex(7))
            let personal = PersonalDesigns(head.designs, profile)
            let vector = head.foldIn(profile).vector
            let other = head.foldIn(Self.matrix.profile(of: UserIndex(11))).vector
            let items = (0..<head.itemCount).map { ItemIndex($0) }
            let products = personal.approximateProducts(of: items, with: [vector, other])
            let distances = personal.distances(from: ItemIndex(4))
            for (place, item) in items.enumerated() {
                let neighbours = head.designs.neighbours(of: item, in: profile)
                let design = head.designs.design(of: item, less: neighbours, in: profile)
                let own = head.designs.design(
                    of: ItemIndex(4),
                    less: head.designs.neighbours(of: ItemIndex(4), in: profile), in: profile)
                for (row, vector) in [vector, other].enumerated() {
                    let expected = zip(design, vector.padded).reduce(0) { $0 + $1.0 * $1.1 }
                    #expect(abs(personal.product(of: item, with: vector) - expected) < 1e-9)
                    let value = Double(products.values[row * products.stride + place])
                    #expect(abs(value - expected) <= products.errors[row])
                }
                let square = zip(design, own).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                #expect(distances[place] >= square.squareRoot())
                #expect(distances[place] <= square.squareRoot() * (1 + 1e-3) + 1e-5)
            }
            guard let steps = head.counterfactuals(of: profile, with: head.foldIn(profile)).steps()
            else { continue }
            for (k, residual) in personal.residuals(steps).enumerated() {
                let left = head.foldIn(profile.without([k])).vector
                let rated = ItemIndex(rawValue: profile.items[k])
                let score = head.designs.modelScore(of: rated, for: left)
                #expect(abs(residual - (Double(profile.values[k]) - score)) < 1e-9)
            }
        }
    }

    @Test(
        "ml-1m: closed forms are solves from scratch for users of all sizes",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func real() throws {
        let directory = try #require(RealData.directory("ml-1m"))
        let dataset = try DatasetReader.read(directory).dataset
        let matrix = dataset.matrix()
        let heads: [any LinearHead] = [
            try BayesianTrainer.train(
                matrix, options: .init(sweeps: 5, burnIn: 3, samples: 2), threads: 2),
            try RankingTrainer.train(
                matrix, scale: dataset.scale, options: .init(sweeps: 2), threads: 2),
        ]
        for head in heads {
            for user in stride(from: 5, to: matrix.userCount, by: 601) {
                let profile = matrix.profile(of: UserIndex(user))
                let places = Array(stride(from: 0, to: profile.count, by: profile.count / 5))
                let sets = places.map { [$0] } + [Array(places.prefix(2)), places]
                check(head, profile, sets: sets)
            }
        }
    }
}
