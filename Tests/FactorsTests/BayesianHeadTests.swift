// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// What the Bayesian head promises of the exact solve, checked against elimination.
@Suite("BayesianHead")
struct BayesianHeadTests {
    private static let data = SmallData.timed(
        SmallData.random(users: 60, items: 90, density: 0.6, seed: 6))

    /// Heads of one and two rows of 16, one and several samples, draws and averages, with and without
    /// sets.
    private static let heads = Result {
        let trained = try [
            BayesianOptions(
                factors: 3, sweeps: 4, burnIn: 2, samples: 1, neighbours: 0),
            BayesianOptions(factors: 15, sweeps: 6, burnIn: 2, samples: 3, implicitSets: false),
            BayesianOptions(factors: 20, sweeps: 20, burnIn: 2, samples: 9),
            BayesianOptions(factors: 6, sweeps: 30, burnIn: 4, samples: 4, averaged: 5),
        ].map { try BayesianTrainer.train(data, options: $0) }
        // Stronger neighbours than random ratings have.
        return trained + [trained[2].given(SmallData.neighbours(items: 90, seed: 6))]
    }

    private func profiles(_ users: [Int]) -> [Profile] {
        users.map { Self.data.profile(of: UserIndex($0)) } + [.empty]
    }

    @Test("each sample's vector is the dense solution of its normal equations")
    func exact() throws {
        for head in try Self.heads.get() {
            for profile in profiles([0, 7, 33]) {
                let foldIn = head.foldIn(profile)
                #expect(foldIn.vector.coordinates.count == head.dimensions)
                for (place, sample) in head.samples.enumerated() {
                    let expected = reference(head, sample, profile)
                    for d in 0..<head.width {
                        let factor = head.sampleFactor * head.modelPart(ratingCount: profile.count)
                        let value = foldIn.vector.padded[place * head.width + d]
                        #expect(abs(value - factor * expected[d]) < 1e-9)
                    }
                }
            }
        }
    }

    /// A x = Λ(m + Bᵀx_u) + α Σ a_i z_i t_i by elimination.
    private func reference(
        _ head: BayesianHead, _ sample: BayesianSample, _ profile: Profile
    ) -> [Double] {
        let width = head.width
        let precision = (0..<width).map { row in
            Array(sample.priorPrecision[row * width..<(row + 1) * width])
        }
        var expected = profile.isEmpty ? sample.population : sample.priorMean
        if !sample.link.isEmpty {
            for item in profile.items {
                for d in 0..<width {
                    expected[d] +=
                        Double(sample.link[Int(item) * width + d])
                        / Double(profile.count).squareRoot()
                }
            }
        }
        var right = precision.map { ReferenceAlgebra.dot($0, expected) }
        let rows = profile.items.map { item in
            (0..<width).map { Double(sample.designs[Int(item) * width + $0]) }
        }
        let weights = profile.items.map { item in
            let root = Double(head.itemRoots[Int(item)])
            return sample.noise * root * root
        }
        for (k, item) in profile.items.enumerated() {
            let target =
                (Double(profile.values[k]) - head.mean) / head.deviation
                - Double(sample.biases[Int(item)])
            for d in 0..<width { right[d] += weights[k] * target * rows[k][d] }
        }
        return ReferenceAlgebra.solve(
            ReferenceAlgebra.normalMatrix(rows: rows, weights: weights, prior: precision), right)
    }

    @Test("base, population and shares add up to the score within 1e-9")
    func sums() throws {
        for head in try Self.heads.get() {
            for profile in profiles(Array(0..<12) + [59]) {
                let foldIn = head.foldIn(profile)
                for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
                    let shares = head.shares(of: profile, to: item, with: foldIn)
                    #expect(shares.ratings.count == profile.count)
                    #expect(
                        shares.ratings
                            == head.contributions(of: profile, to: item, with: foldIn))
                    let base = head.base(of: item) + (shares.population ?? .nan)
                    let sum = shares.ratings.reduce(base, +)
                    #expect(abs(sum - head.score(of: item, for: foldIn.vector)) < 1e-9)
                }
            }
        }
    }

    @Test("the score is linear in the ratings' values: a change of one moves it by its slope")
    func linear() throws {
        for head in try Self.heads.get() {
            let profile = Self.data.profile(of: UserIndex(4))
            func changed(_ place: Int, by amount: Float) -> Profile {
                var values = profile.values
                values[place] += amount
                return Profile(
                    items: profile.items, values: values, timestamps: profile.timestamps)
            }
            for place in [0, profile.count / 2, profile.count - 1] {
                for item in [0, 41, 89].map({ ItemIndex($0) }) {
                    func score(_ amount: Float) -> Double {
                        let changed = changed(place, by: amount)
                        return head.score(of: item, for: head.foldIn(changed).vector)
                    }
                    func share(_ amount: Float) -> ScoreShares {
                        let changed = changed(place, by: amount)
                        return head.shares(of: changed, to: item, with: head.foldIn(changed))
                    }
                    let slope = score(1) - score(0)
                    #expect(abs(score(-2) - score(0) + 2 * slope) < 1e-9)
                    #expect(abs(score(64) - score(0) - 64 * slope) < 1e-8)
                    // Only the rating's own share moves.
                    let (before, after) = (share(0), share(1))
                    #expect(
                        abs(after.ratings[place] - before.ratings[place] - slope) < 1e-9)
                    #expect(
                        abs((after.population ?? .nan) - (before.population ?? .nan)) < 1e-12)
                }
            }
        }
    }

    @Test("somebody without ratings gets the damped means of the items")
    func empty() throws {
        for head in try Self.heads.get() {
            let foldIn = head.foldIn(.empty)
            for item in (0..<head.itemCount).map({ ItemIndex($0) }) {
                let score = head.score(of: item, for: foldIn.vector)
                let mean =
                    head.mean + head.deviation * Double(head.itemMeans[item.position])
                #expect(abs(score - mean) < 1e-5)
                #expect(head.contributions(of: .empty, to: item, with: foldIn).isEmpty)
            }
            let blank = BlankUser(of: head, train: Self.data, scale: SmallData.scale)
            #expect(abs(blank.meanPrediction - blank.populationMean) < 0.1)
        }
    }

    @Test("without times, or far from all ratings, the timeline's score is the plain one")
    func untimed() throws {
        let head = try Self.heads.get()[2]
        let profile = Self.data.profile(of: UserIndex(3))
        let bare = Profile(
            items: profile.items, values: profile.values,
            timestamps: profile.timestamps.map { _ in 0 })
        let vector = head.foldIn(bare).vector
        let timeline = head.timeline(of: bare)
        for item in [0, 5, 77].map({ ItemIndex($0) }) {
            let plain = head.score(of: item, for: vector)
            // The plain solve takes roots of precisions in single precision.
            #expect(abs(timeline.score(of: item, at: 978_300_000) - plain) < 1e-6)
            #expect(
                head.score(of: item, at: 978_300_000, profile: bare)
                    == timeline.score(of: item, at: 978_300_000))
        }
        let nobody = head.timeline(of: .empty)
        let expected = head.score(of: ItemIndex(0), for: nobody.vector)
        #expect(abs(nobody.score(of: ItemIndex(0), at: 978_300_000) - expected) < 1e-12)
    }

    @Test("a score at a time is the sum of its parts, and linear in the ratings")
    func timeline() throws {
        for head in try Self.heads.get() {
            let profile = Self.data.profile(of: UserIndex(9))
            let times: [Int64] = [0, profile.timestamps[3], profile.timestamps[8] + 30, .max / 2]
            for time in times {
                for item in [0, 5, 77].map({ ItemIndex($0) }) {
                    let timeline = head.timeline(of: profile)
                    let score = timeline.score(of: item, at: time)
                    let parts = timeline.parts(of: item, at: time)
                    let base = head.base(of: item) + (parts.population ?? .nan)
                    let sum = parts.ratings.reduce(base, +)
                    #expect(abs(sum - score) < 1e-9)
                    var values = profile.values
                    values[8] += 2
                    let other = head.timeline(
                        of: Profile(
                            items: profile.items, values: values, timestamps: profile.timestamps))
                    let moved = other.parts(of: item, at: time)
                    let slope = other.score(of: item, at: time) - score
                    #expect(abs(moved.ratings[8] - parts.ratings[8] - slope) < 1e-9)
                }
            }
        }
    }

    @Test("a rating's deviation is above 0 and falls with what is known of the user")
    func deviation() throws {
        let head = try Self.heads.get()[2]
        let profile = Self.data.profile(of: UserIndex(2))
        func mean(_ profile: Profile) -> Double {
            let foldIn = head.foldIn(profile)
            let items = (0..<head.itemCount - 1).map { ItemIndex($0) }
            return items.reduce(0) {
                $0 + head.deviation(of: $1, profile: profile, with: foldIn)
            } / Double(items.count)
        }
        let few = Profile(
            items: Array(profile.items.prefix(3)), values: Array(profile.values.prefix(3)),
            timestamps: Array(profile.timestamps.prefix(3)))
        let all = Profile(
            items: profile.items, values: profile.values, timestamps: profile.timestamps)
        #expect(mean(all) > 0.5 && mean(all) < mean(few))
    }

    @Test("what is written is read back as the same head")
    func roundTrip() throws {
        for head in try Self.heads.get() {
            #expect(Array(head.factorBytes[..<4]) == Array("CBAY".utf8))
            #expect(try BayesianHead(factorBytes: head.factorBytes) == head)
        }
    }

    @Test("damaged bytes are refused or give a head that can be used, and never a crash")
    func damaged() throws {
        let head = try BayesianTrainer.train(
            SmallData.random(users: 6, items: 5, density: 0.9, seed: 3),
            options: .init(factors: 2, sweeps: 2, burnIn: 0, samples: 2))
        let bytes = head.factorBytes
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: HeadBytesError.self) {
                try BayesianHead(factorBytes: Array(bytes[..<count]))
            }
        }
        #expect(throws: HeadBytesError.self) { try BayesianHead(factorBytes: bytes + [0]) }
        for place in 0..<250 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[place] = value
                do throws(HeadBytesError) {
                    let other = try BayesianHead(factorBytes: changed)
                    _ = other.foldIn(.empty)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
        for place in stride(from: 250, to: bytes.count - 4, by: 4) {
            var changed = bytes
            changed.replaceSubrange(place..<place + 4, with: [0, 0, 0xC0, 0x7F])
            // A float that is NaN is found; as half of a double it may be any number.
            if let other = try? BayesianHead(factorBytes: changed) { _ = other.foldIn(.empty) }
        }
        let mean = try MeanHead.train(SmallData.matrix([(0, 0, 2)], users: 1, items: 1))
        #expect(throws: HeadBytesError.self) { try BayesianHead(factorBytes: mean.factorBytes) }
    }
}
