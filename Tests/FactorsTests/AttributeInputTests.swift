// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// Users' attributes as an input of the rating head, on groups whose tastes are known.
@Suite("Attributes as an input")
struct AttributeInputTests {
    private static let data = PlantedGroups(seed: 4)
    private static let options = [
        BayesianOptions(factors: 5, sweeps: 30, burnIn: 10, samples: 4, neighbours: 0),
        BayesianOptions(factors: 5, sweeps: 40, burnIn: 10, samples: 3, averaged: 4),
    ]
    private static let heads = Result {
        try options.map {
            try BayesianTrainer.train(data.matrix, inputs: data.inputs, options: $0, threads: 2)
        }
    }
    private static let plain = Result {
        try options.map { try BayesianTrainer.train(data.matrix, options: $0, threads: 1) }
    }

    private func profile(_ user: Int) -> Profile { Self.data.matrix.profile(of: UserIndex(user)) }

    private func scores(_ head: BayesianHead, _ profile: Profile) -> [Double] {
        head.scores(for: head.foldIn(profile).vector)
    }

    /// The mean over each half of the items of what two profiles' scores differ by.
    private func difference(
        _ head: BayesianHead, _ profile: Profile, _ other: Profile
    ) -> (first: Double, second: Double) {
        let differences = zip(scores(head, profile), scores(head, other)).map { $0 - $1 }
        let half = PlantedGroups.items / 2
        func mean(_ part: ArraySlice<Double>) -> Double { part.reduce(0, +) / Double(half) }
        return (mean(differences[..<half]), mean(differences[half...]))
    }

    @Test("somebody without ratings is predicted as their group rates, by the planted amount")
    func cold() throws {
        for head in try Self.heads.get() {
            let between = difference(head, profile(300), profile(302))
            // Ridge and prior hold back; nothing goes beyond what is planted.
            #expect((0.7...1.05).contains(between.first / (2 * PlantedGroups.taste)), "\(between)")
            #expect((0.7...1.05).contains(-between.second / (2 * PlantedGroups.taste)))
            // A third of those trained on are of group a, and f̄ counts them as many.
            let above = difference(head, profile(300), .empty).first
            let below = difference(head, profile(302), .empty).first
            #expect(abs(above + 2 * below) < 0.05)
        }
    }

    @Test("who has told nothing gets the bits of a model without attributes, with ratings or none")
    func untold() throws {
        for (head, plain) in zip(try Self.heads.get(), try Self.plain.get()) {
            let rated = profile(11)
            let stranger = Profile(
                items: rated.items, values: rated.values, timestamps: rated.timestamps)
            for profile in [.empty, stranger] {
                #expect(scores(head, profile) == scores(plain, profile))
            }
        }
    }

    @Test("without attributes nothing changes: the same bytes, which are those of before")
    func off() throws {
        for (options, plain) in zip(Self.options, try Self.plain.get()) {
            let again = try BayesianTrainer.train(
                Self.data.matrix, inputs: .none, options: options, threads: 2)
            #expect(again.factorBytes == plain.factorBytes)
            #expect(plain.factorBytes[4..<8] == [options.neighbours > 0 ? 3 : 1, 0, 0, 0])
            let read = try BayesianHead(factorBytes: plain.factorBytes)
            #expect(read == plain && read.inputs.isEmpty)
            #expect(read.knownAttributes(of: profile(3)).isEmpty)
        }
    }

    @Test("the item side is not touched, and bits do not depend on the number of threads")
    func bits() throws {
        let options = Self.options[1]
        let (head, plain) = (try Self.heads.get()[1], try Self.plain.get()[1])
        let alone = try BayesianTrainer.train(
            Self.data.matrix, inputs: Self.data.inputs, options: options, threads: 1)
        #expect(alone.factorBytes == head.factorBytes)
        #expect(head.designs.bases == plain.designs.bases)
        #expect(head.designs.rows == plain.designs.rows)
        for (own, other) in zip(head.samples, plain.samples) {
            #expect(own.designs == other.designs && own.priorMean == other.priorMean)
            #expect(!own.shifts.isEmpty && other.shifts.isEmpty)
        }
    }

    @Test("base, population, attributes and ratings add up to the score within 1e-9, at any time")
    func sums() throws {
        for head in try Self.heads.get() {
            for user in [0, 1, 7, 150, 300, 303, 305] {
                let profile = profile(user)
                let foldIn = head.foldIn(profile)
                for item in [0, 17, 39].map({ ItemIndex($0) }) {
                    let shares = head.shares(of: profile, to: item, with: foldIn)
                    #expect(shares.attributes.count == (user == 305 ? 1 : 2))
                    let score = head.score(of: item, for: foldIn.vector)
                    #expect(abs(head.base(of: item) + sum(shares) - score) < 1e-9)
                    let time: Int64 = 978_300_000 + Int64(user * 1000 + 55)
                    let timed = head.timedShares(of: profile, to: item, at: time)
                    #expect(abs(head.base(of: item) + sum(timed.shares) - timed.score) < 1e-9)
                    #expect(timed.shares.attributes.count == shares.attributes.count)
                }
            }
        }
    }

    private func sum(_ shares: ScoreShares) -> Double {
        shares.ratings.reduce(0, +) + (shares.population ?? .nan)
            + shares.attributes.reduce(0) { $0 + $1.amount }
    }

    @Test("an attribute's share is what the score would be less had the user not told")
    func share() throws {
        for head in try Self.heads.get() {
            for user in [2, 7, 301] {
                let whole = profile(user)
                let untold = Profile(
                    items: whole.items, values: whole.values, timestamps: whole.timestamps)
                let foldIn = head.foldIn(whole)
                for item in [3, 30].map({ ItemIndex($0) }) {
                    let shares = head.shares(of: whole, to: item, with: foldIn)
                    let without = head.score(of: item, for: head.foldIn(untold).vector)
                    let told = shares.attributes.reduce(0) { $0 + $1.amount }
                    #expect(
                        abs(head.score(of: item, for: foldIn.vector) - without - told) < 1e-9)
                    #expect(
                        shares.ratings
                            == head.contributions(
                                of: untold, to: item, with: head.foldIn(untold)))
                }
            }
        }
    }

    @Test("what attributes say fades with ratings, and what tells nothing says nothing")
    func fading() throws {
        for head in try Self.heads.get() {
            func shares(_ user: Int) -> [AttributeShare] {
                let profile = profile(user)
                return head.shares(of: profile, to: ItemIndex(1), with: head.foldIn(profile))
                    .attributes
            }
            let (cold, warm) = (shares(300), shares(0))
            #expect(cold.map(\.label) == ["group=a", "noise=x"])
            #expect(abs(warm[0].amount) < 0.3 * abs(cold[0].amount))
            #expect(abs(cold[1].amount) < 0.15 * abs(cold[0].amount))
        }
    }

    @Test("a forgotten user's attributes are gone, and everybody else's scores keep their bits")
    func removal() throws {
        for head in try Self.heads.get() {
            let left = head.removing(UserIndex(7))
            #expect(left.inputs.attributes[0].codes.count == PlantedGroups.users - 1)
            #expect(left.inputs.attributes[1].categories == ["x", "y", "z"])
            #expect(left.samples[0].shifts.count == 5 * left.width)
            for (old, new) in [(3, 3), (8, 7), (300, 299)] {
                let before = profile(old)
                let after = Profile(
                    items: before.items, values: before.values, timestamps: before.timestamps,
                    user: UserIndex(new))
                #expect(scores(head, before) == scores(left, after))
            }
            #expect(try BayesianHead(factorBytes: left.factorBytes) == left)
        }
    }

    @Test("what is written is read back as the same head; damaged bytes never crash")
    func bytes() throws {
        let head = try Self.heads.get()[0]
        let bytes = head.factorBytes
        #expect(bytes[4..<8] == [2, 0, 0, 0])
        #expect(try BayesianHead(factorBytes: bytes) == head)
        let plainCount = try Self.plain.get()[0].factorBytes.count
        for count in stride(from: plainCount, to: bytes.count, by: 11) {
            #expect(throws: HeadBytesError.self) {
                try BayesianHead(factorBytes: Array(bytes[..<count]))
            }
        }
        #expect(throws: HeadBytesError.self) { try BayesianHead(factorBytes: bytes + [0]) }
        for place in plainCount..<plainCount + 300 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[place] = value
                if let other = try? BayesianHead(factorBytes: changed) {
                    _ = other.foldIn(profile(2))
                }
            }
        }
    }
}
