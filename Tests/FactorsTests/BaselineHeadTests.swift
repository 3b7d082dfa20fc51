// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

/// What every head without a system to solve promises.
@Suite("Baseline heads")
struct BaselineHeadTests {
    private static let data = SmallData.random(users: 60, items: 50, density: 0.3, seed: 8)

    /// A kind of head: how it is trained and how its bytes are written and read back.
    struct Kind: Sendable, CustomStringConvertible {
        let description: String
        let train: @Sendable (RatingMatrix, Int) throws -> any ProjectionHead
        let bytes: @Sendable (any ProjectionHead) -> [UInt8]
        let reread: @Sendable ([UInt8]) throws -> [UInt8]
    }

    private static func svd(_ fill: SVDFill, factors: Int) -> Kind {
        Kind(
            description: "svd \(fill) \(factors)",
            train: { matrix, threads in
                try TruncatedSVDTrainer.train(
                    matrix, options: .init(fill: fill, factors: factors), threads: threads)
            },
            bytes: { ($0 as? TruncatedSVDHead)?.factorBytes ?? [] },
            reread: { try TruncatedSVDHead(factorBytes: $0).factorBytes })
    }

    static let kinds: [Kind] =
        [
            Kind(
                description: "mean", train: { matrix, _ in try MeanHead.train(matrix) },
                bytes: { ($0 as? MeanHead)?.factorBytes ?? [] },
                reread: { try MeanHead(factorBytes: $0).factorBytes }),
            Kind(
                description: "biases", train: { matrix, _ in try BiasHead.train(matrix) },
                bytes: { ($0 as? BiasHead)?.factorBytes ?? [] },
                reread: { try BiasHead(factorBytes: $0).factorBytes }),
            Kind(
                description: "popularity", train: { matrix, _ in try PopularityHead.train(matrix) },
                bytes: { ($0 as? PopularityHead)?.factorBytes ?? [] },
                reread: { try PopularityHead(factorBytes: $0).factorBytes }),
        ]
        + SVDFill.allCases.flatMap { fill in [1, 15, 20].map { svd(fill, factors: $0) } }

    @Test("the score is linear in the ratings of a fixed set of items", arguments: kinds)
    func linear(_ kind: Kind) throws {
        let head = try kind.train(Self.data, 1)
        let first = Self.data.profile(of: UserIndex(3))
        func profile(_ value: (Int) -> Float) -> Profile {
            Profile(
                items: first.items, values: first.items.indices.map(value),
                timestamps: first.timestamps)
        }
        let other = profile { Float($0 % 5) + 0.5 }
        // Halves and quarters are exact, so the mixture is one in floating point too.
        let mixed = profile { 0.25 * first.values[$0] + 0.75 * other.values[$0] }
        for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
            let scores = [first, other, mixed].map {
                head.score(of: item, for: head.foldIn($0).vector)
            }
            #expect(abs(0.25 * scores[0] + 0.75 * scores[1] - scores[2]) < 1e-10)
        }
    }

    @Test("base and shares add up to the score within 1e-9", arguments: kinds)
    func sums(_ kind: Kind) throws {
        let head = try kind.train(Self.data, 1)
        for user in 0..<Self.data.userCount {
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

    @Test(
        "a share is what the score moves by when the rating moves, times its distance to the base")
    func shareIsDerivative() throws {
        for kind in Self.kinds {
            let head = try kind.train(Self.data, 1)
            let profile = Self.data.profile(of: UserIndex(5))
            let item = ItemIndex(7)
            let foldIn = head.foldIn(profile)
            let shares = head.contributions(of: profile, to: item, with: foldIn)
            for entry in profile.items.indices {
                var values = profile.values
                values[entry] += 1
                let moved = head.foldIn(
                    Profile(items: profile.items, values: values, timestamps: profile.timestamps))
                let slope =
                    head.score(of: item, for: moved.vector)
                    - head.score(of: item, for: foldIn.vector)
                let rated = ItemIndex(rawValue: profile.items[entry])
                let distance = Double(profile.values[entry]) - head.base(of: rated)
                #expect(abs(slope * distance - shares[entry]) < 1e-9)
            }
        }
    }

    @Test("a user without ratings gets the bases", arguments: kinds)
    func blank(_ kind: Kind) throws {
        let head = try kind.train(Self.data, 1)
        let foldIn = head.foldIn(.empty)
        for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
            #expect(head.score(of: item, for: foldIn.vector) == head.base(of: item))
            #expect(head.contributions(of: .empty, to: item, with: foldIn).isEmpty)
        }
    }

    @Test("the best items are those of the full list of scores", arguments: kinds)
    func best(_ kind: Kind) throws {
        let head = try kind.train(Self.data, 1)
        let profile = Self.data.profile(of: UserIndex(9))
        let vector = head.foldIn(profile).vector
        let unseen = (0..<head.itemCount).map { ItemIndex($0) }
            .filter { profile.position(of: $0) == nil }
        let scored: [ScoredItem] = unseen.map {
            ScoredItem(item: $0, score: head.score(of: $0, for: vector))
        }
        let all = scored.sorted { (a: ScoredItem, b: ScoredItem) -> Bool in
            a.score != b.score ? a.score > b.score : a.item < b.item
        }
        #expect(TopK.select(head, vector, count: 9, excluding: profile) == Array(all.prefix(9)))
    }

    @Test("the head has the same bits at any thread count", arguments: kinds)
    func threads(_ kind: Kind) throws {
        let one = kind.bytes(try kind.train(Self.data, 1))
        #expect(!one.isEmpty)
        for threads in [2, 3] { #expect(kind.bytes(try kind.train(Self.data, threads)) == one) }
    }

    @Test(
        "bytes are read back as the same head, and shorter or longer ones refused", arguments: kinds
    )
    func bytes(_ kind: Kind) throws {
        let bytes = kind.bytes(try kind.train(Self.data, 1))
        #expect(try kind.reread(bytes) == bytes)
        let step = max(1, bytes.count / 300)
        let header = (0..<bytes.count).prefix(90)
        let counts = Array(header) + Array(stride(from: header.count, to: bytes.count, by: step))
        for count in counts {
            #expect(throws: HeadBytesError.self) { try kind.reread(Array(bytes[..<count])) }
        }
        #expect(throws: HeadBytesError.self) { try kind.reread(bytes + [0]) }
    }

    @Test("damaged bytes are refused or are another head, and never a crash", arguments: kinds)
    func damage(_ kind: Kind) throws {
        let bytes = kind.bytes(try kind.train(Self.data, 1))
        for place in 0..<min(bytes.count, 88) {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] where bytes[place] != value {
                var damaged = bytes
                damaged[place] = value
                do throws(any Error) {
                    #expect(try kind.reread(damaged) == damaged)
                } catch {
                    #expect(error is HeadBytesError)
                }
            }
        }
        var notFinite = bytes
        let last = kind.description == "mean" ? 16..<24 : (bytes.count - 4)..<bytes.count
        notFinite.replaceSubrange(last, with: [UInt8](repeating: 255, count: last.count))
        #expect(throws: HeadBytesError.self) { try kind.reread(notFinite) }
        for other in Self.kinds where !kind.description.hasPrefix(other.description.prefix(3)) {
            let foreign = other.bytes(try other.train(Self.data, 1))
            #expect(throws: HeadBytesError.self) { try kind.reread(foreign) }
        }
    }

    @Test("no ratings are refused", arguments: kinds)
    func refused(_ kind: Kind) {
        let empty = RatingMatrix(RatingColumns(), userCount: 2, itemCount: 2)
        #expect(throws: TrainingError.noRatings) { try kind.train(empty, 1) }
    }

    @Test("the mean and the biases are those of the plain baselines")
    func agreement() throws {
        let mean = try MeanHead.train(Self.data)
        let biases = try BiasHead.train(Self.data)
        let reference = DampedBiases(Self.data)
        #expect(mean.mean == reference.mean)
        for user in 0..<Self.data.userCount {
            let profile = Self.data.profile(of: UserIndex(user))
            let vector = biases.foldIn(profile).vector
            for item in (0..<biases.itemCount).map({ ItemIndex($0) }) {
                let expected = reference.predict(UserIndex(user), item)
                #expect(abs(biases.score(of: item, for: vector) - expected) < 1e-6)
            }
        }
    }

    @Test("popular items come in the order of their counts")
    func popular() throws {
        let head = try PopularityHead.train(Self.data)
        let popularity = Popularity(Self.data)
        let profile = Self.data.profile(of: UserIndex(0))
        let best = TopK.select(
            head, head.foldIn(profile).vector, count: 12, excluding: profile)
        #expect(best == popularity.select(count: 12, excluding: profile))
    }
}
