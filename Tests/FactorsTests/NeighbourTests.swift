// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// Neighbours of items: what is learned of them, and how they enter scores.
@Suite("Neighbours")
struct NeighbourTests {
    private static let options = BayesianOptions(
        factors: 4, sweeps: 24, burnIn: 6, samples: 3, averaged: 2)

    /// Ratings of rank-2 taste in which every user has an opinion of the items 2k and 2k + 1, for k below
    /// ten, that is of these two alone.
    private static func planted(seed: UInt64) -> (train: RatingMatrix, test: RatingMatrix) {
        var random = TestRandom(seed)
        let (users, items) = (400, 60)
        func rows(_ count: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<2).map { _ in random.uniform() } }
        }
        let (left, right) = (rows(users), rows(items))
        var (train, test) = (RatingColumns(), RatingColumns())
        for user in 0..<users {
            let own = (0..<10).map { _ in 1.6 * random.uniform() }
            for item in 0..<items {
                let taste = left[user][0] * right[item][0] + left[user][1] * right[item][1]
                let value = 3 + taste + (item < 20 ? own[item / 2] : 0) + 0.6 * random.uniform()
                let part = Int.random(in: 0..<10, using: &random)
                guard part < 7 else { continue }
                func add(to columns: inout RatingColumns) {
                    columns.append(
                        user: UserIndex(user), item: ItemIndex(item), value: Float(value),
                        timestamp: 0)
                }
                if part == 0 { add(to: &test) } else { add(to: &train) }
            }
        }
        return (
            RatingMatrix(train, userCount: users, itemCount: items),
            RatingMatrix(test, userCount: users, itemCount: items)
        )
    }

    private static let data = planted(seed: 11)

    private static let head = Result {
        try BayesianTrainer.train(data.train, options: options, threads: 2)
    }

    private func error(_ head: BayesianHead, _ items: Range<Int>) -> Double {
        var (sum, count) = (0.0, 0)
        for user in 0..<Self.data.test.userCount {
            let vector = head.foldIn(Self.data.train.profile(of: UserIndex(user))).vector
            let held = Self.data.test.profile(of: UserIndex(user))
            for (item, value) in zip(held.items, held.values) where items.contains(Int(item)) {
                let error =
                    Double(value) - head.score(of: ItemIndex(rawValue: item), for: vector)
                sum += error * error
                count += 1
            }
        }
        return (sum / Double(count)).squareRoot()
    }

    @Test("what two items alone have in common is found, and serves to predict them")
    func found() throws {
        let head = try Self.head.get()
        let neighbours = try #require(head.designs.neighbours)
        for item in 0..<20 {
            let partner = item ^ 1
            let range = neighbours.range(of: item)
            let place = try #require(range.first { Int(neighbours.items[$0]) == partner })
            let weights = range.map { neighbours.weights[$0] }
            #expect(neighbours.weights[place] > 0.2 && neighbours.weights[place] == weights.max())
        }
        #expect(neighbours.items.count <= 3 * 60)
        let plain = head.withoutNeighbours
        #expect(error(head, 0..<20) < 0.93 * error(plain, 0..<20))
        #expect(error(head, 20..<60) < 1.02 * error(plain, 20..<60))
    }

    @Test("without neighbours a head is what is trained without them, and less of two is the first")
    func without() throws {
        let head = try Self.head.get()
        var options = Self.options
        options.neighbours = 0
        let plain = try BayesianTrainer.train(Self.data.train, options: options)
        #expect(head.withoutNeighbours == plain && plain.withoutNeighbours == plain)
        #expect(head != plain && plain.designs.neighbours == nil)
        options.neighbours = 1
        let few = try BayesianTrainer.train(Self.data.train, options: options)
        let neighbours = try #require(few.designs.neighbours)
        for item in 0..<60 {
            let found = neighbours.items[neighbours.range(of: item)]
            #expect(item < 20 ? found == [Int32(item ^ 1)] : found.count <= 1)
        }
    }

    @Test(
        "what is learned is what the formulas say, at any number of threads",
        arguments: [false, true])
    func learned(isWeighted: Bool) throws {
        let matrix = Self.data.train
        let head = try Self.head.get().withoutNeighbours
        let weights =
            isWeighted ? (0..<matrix.userCount).map { Float($0 % 3 == 0 ? 2 : 0.5) } : []
        func learned(_ threads: Int) -> ItemNeighbours? {
            NeighbourLearning(
                matrix, count: 2, influence: GroupInfluence(weights: weights), threads: threads
            ).learned(head) { _ in true }
        }
        let neighbours = try #require(learned(1))
        #expect(learned(2) == neighbours && learned(3) == neighbours)
        #expect(
            NeighbourLearning(matrix, count: 2, influence: .none, threads: 1)
                .learned(head) { $0 < 0.5 } == nil)
        let residuals = (0..<matrix.userCount).map { user in
            let profile = matrix.profile(of: UserIndex(user))
            let vector = head.foldIn(profile).vector
            return Dictionary(
                uniqueKeysWithValues: zip(profile.items, profile.values).map { item, value in
                    let score = head.score(of: ItemIndex(rawValue: item), for: vector)
                    return (Int(item), (Double(value) - score) / head.deviation)
                })
        }
        func sum(_ power: Int, _ i: Int, _ j: Int) -> Double {
            residuals.enumerated().reduce(0) { sum, user in
                guard let a = user.element[i], let b = user.element[j] else { return sum }
                let weight = isWeighted ? Double(weights[user.offset]) : 1
                let product = weight * a * b
                return sum + (power == 1 ? product : product * product)
            }
        }
        let squares = (0..<60).map { sum(1, $0, $0) }
        let mean = squares.reduce(0, +) / Double(matrix.count)
        for i in 0..<60 {
            let candidates = (0..<60).compactMap {
                j -> (item: Int, choice: Double, weight: Double)? in
                let (g, v) = (sum(1, i, j), sum(2, i, j))
                guard i != j, g > 0, g * g > 4 * v else { return nil }
                return (
                    j, g * g / (squares[j] + 400 * mean),
                    1.75 * (1 - 4 * v / (g * g)) * g / (squares[j] + 20 * mean)
                )
            }
            let best = candidates.sorted { $0.choice > $1.choice }.prefix(2)
                .sorted { $0.item < $1.item }
            let range = neighbours.range(of: i)
            #expect(neighbours.items[range].map(Int.init) == best.map(\.item))
            for (place, expected) in zip(range, best) {
                #expect(abs(Double(neighbours.weights[place]) - expected.weight) < 1e-4)
            }
        }
    }

    @Test("a score is the model's and a part of what rated neighbours were rated above it")
    func scores() throws {
        let head = try Self.head.get()
        let strong = head.given(SmallData.neighbours(items: 60, seed: 4))
        for head in [head, strong] {
            let neighbours = try #require(head.designs.neighbours)
            var touched = 0
            for user in [0, 9, 77] {
                let profile = Self.data.train.profile(of: UserIndex(user))
                let vector = head.foldIn(profile).vector
                let model = head.withoutNeighbours.foldIn(profile).vector
                for item in 0..<60 {
                    var expected = head.withoutNeighbours.score(of: ItemIndex(item), for: model)
                    for place in neighbours.range(of: item) {
                        let other = ItemIndex(rawValue: neighbours.items[place])
                        guard let position = profile.position(of: other) else { continue }
                        touched += 1
                        let above =
                            Double(profile.values[position])
                            - head.withoutNeighbours.score(of: other, for: model)
                        expected += Double(neighbours.weights[place]) * above
                    }
                    #expect(abs(head.score(of: ItemIndex(item), for: vector) - expected) < 1e-9)
                }
            }
            #expect(touched > 20)
            let nobody = head.foldIn(.empty).vector
            #expect(
                head.scores(for: nobody)
                    == head.withoutNeighbours.scores(
                        for: head.withoutNeighbours.foldIn(.empty).vector))
        }
    }

    @Test("the best of lists are those of a full sort", arguments: [1, 5, 30, 58])
    func lists(count: Int) throws {
        let head = try Self.head.get().given(SmallData.neighbours(items: 60, seed: 5))
        let profiles = (0..<40).map { user -> Profile in
            let whole = Self.data.train.profile(of: UserIndex(user))
            return whole.without(Array(user % whole.count..<whole.count))
        }
        let vectors = profiles.map { head.foldIn($0).vector }
        let lists = TopK.select(head, vectors, count: count, excluding: profiles)
        for (place, profile) in profiles.enumerated() {
            let sorted = (0..<60).map { ItemIndex($0) }
                .filter { profile.position(of: $0) == nil }
                .map { ScoredItem(item: $0, score: head.score(of: $0, for: vectors[place])) }
                .sorted { $0.precedes($1) }
            #expect(lists[place] == Array(sorted.prefix(count)))
            let last = try #require(lists[place].last)
            #expect(
                TopK.rank(of: last.item, head, vectors[place], excluding: profile)
                    == lists[place].count)
        }
    }

    @Test("neighbours are kept in bytes, and of damaged bytes nothing is made")
    func bytes() throws {
        let head = try Self.head.get()
        let bytes = head.factorBytes
        let read = try BayesianHead(factorBytes: bytes)
        #expect(read == head && read.options == head.options)
        #expect(read.removing(UserIndex(3)).designs.neighbours == head.designs.neighbours)
        let count = try #require(head.designs.neighbours).items.count
        for end in stride(from: bytes.count - 8 * count - 80, to: bytes.count, by: 7) {
            #expect(throws: HeadBytesError.self) {
                try BayesianHead(factorBytes: Array(bytes[..<end]))
            }
        }
        #expect(throws: HeadBytesError.self) { try BayesianHead(factorBytes: bytes + [0]) }
        for place in stride(from: bytes.count - 8 * count - 68, to: bytes.count, by: 3) {
            var changed = bytes
            changed[place] ^= 0x91
            if let other = try? BayesianHead(factorBytes: changed) {
                #expect(other.factorBytes == changed)
                _ = other.scores(
                    for: other.foldIn(Self.data.train.profile(of: UserIndex(1))).vector)
            }
        }
    }

    @Test("an erased head has no neighbours")
    func erased() throws {
        let head = try Self.head.get()
        let vectors = (0..<100).map {
            head.foldIn(Self.data.train.profile(of: UserIndex($0))).vector
        }
        let erasure = try #require(
            LinearErasure(vectors, groups: (0..<100).map { $0 % 2 }, groupCount: 2))
        let erased = ErasedHead(head, erasure)
        #expect(erased.inner == head.withoutNeighbours && erased.designs.neighbours == nil)
    }
}
