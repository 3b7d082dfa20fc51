// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

@Suite("Memory told before training")
struct TrainingMemoryTests {
    private static let matrix = SmallData.timed(
        SmallData.random(users: 500, items: 350, density: 0.1, seed: 3))

    @Test(
        "the rating head's sampler, its samples and its head are no more than what was told",
        arguments: [1, 14, 31], [true, false])
    func bayesian(factors: Int, hasLinks: Bool) throws {
        var options = BayesianOptions(
            factors: factors, sweeps: 4, burnIn: 1, samples: 3, implicitSets: hasLinks)
        if factors == 14 { options.sequence = [] }
        let matrix = Self.matrix
        let told = BayesianTrainer.memory(
            for: matrix.size, featureColumns: 1, options: options, threads: 1)
        var sampler = GibbsSampler(
            matrix, RatingMoments(matrix.byUser), options, .none, threads: 1)
        var samples: [BayesianSample] = []
        for sweep in 0..<4 {
            sampler.sweep(sweep, isKept: sweep > 0)
            if sweep > 0 { samples.append(sampler.sample) }
        }
        let head = try BayesianTrainer.train(matrix, options: options)
        // The last user and item have no ratings, so the head's samples are copies.
        let held = HeldBytes.of(sampler, samples, head, head.designs.panels)
        #expect(held <= told.peakBytes)
        #expect(HeldBytes.of(head, head.designs.panels) <= told.headBytes)
        #expect(told.peakBytes < 3 * held, "it would refuse what fits well")
        #expect(told.vectorBytes == 8 * head.designs.rows.stride)
    }

    @Test("a head that is given attributes is no more than what was told")
    func attributes() throws {
        let matrix = Self.matrix
        let inputs = AttributeInputs(
            (0..<3).map { attribute in
                UserAttribute(
                    name: "a\(attribute)", categories: (0..<20).map { "g\($0)" },
                    codes: (0..<matrix.userCount).map { Int32($0 * (attribute + 3) % 20) })
            })
        let options = BayesianOptions(factors: 14, sweeps: 4, burnIn: 1, samples: 3)
        func told(_ inputs: AttributeInputs) -> TrainingMemory {
            BayesianTrainer.memory(
                for: matrix.size, featureColumns: 1, inputs: inputs, options: options, threads: 1)
        }
        let head = try BayesianTrainer.train(matrix, inputs: inputs, options: options)
        let held = HeldBytes.of(head, head.designs.panels)
        #expect(held <= told(inputs).headBytes)
        let plain = try BayesianTrainer.train(matrix, options: options)
        let more = told(inputs).headBytes - told(.none).headBytes
        #expect(held - HeldBytes.of(plain, plain.designs.panels) <= more)
        #expect(told(inputs).peakBytes > told(.none).peakBytes)
    }

    @Test("links of many rows on both sides have no inverse, and it is not told")
    func iterative() {
        let most = BayesianOptions.linkInverseMax
        func peak(_ users: Int, _ items: Int) -> Int {
            BayesianTrainer.memory(
                for: MatrixSize(users: users, items: items, ratings: 1_000_000),
                featureColumns: 20, options: .best, threads: 2
            ).peakBytes
        }
        #expect(peak(most + 1, most) - peak(most, most) < 1 << 20)
        #expect(peak(most + 1, most + 1) < peak(most, most) - 4 * most * most)
    }

    @Test(
        "the ranking head and both sides' factors are no more than what was told",
        arguments: [3, 80])
    func ranking(factors: Int) throws {
        let matrix = Self.matrix
        let options = RankingHeadOptions(factors: factors, sweeps: 1)
        let told = RankingTrainer.memory(for: matrix.size, options: options, threads: 1)
        let head = try RankingTrainer.train(matrix, scale: SmallData.scale, options: options)
        let held = HeldBytes.of(head, head.designs.panels)
        #expect(held <= told.headBytes)
        // The items' factors are the head's own.
        let users = 4 * head.itemFactors.stride * matrix.userCount
        #expect(held + users <= told.peakBytes)
        #expect(told.peakBytes < 3 * (held + users))
    }

    @Test("a truncated SVD with its basis and images is no more than what was told")
    func svd() throws {
        let matrix = Self.matrix
        let options = TruncatedSVDOptions(fill: .biasResidual, factors: 9)
        let told = TruncatedSVDTrainer.memory(
            for: matrix.size, options: options, threads: 1)
        let head = try TruncatedSVDTrainer.train(matrix, options: options)
        let held = HeldBytes.of(head, head.designs.panels)
        #expect(held <= told.headBytes)
        let width = FactorMatrix.stride(forColumns: options.factors + options.oversampling)
        #expect(held + 8 * width * 4 * (matrix.userCount + matrix.itemCount) <= told.peakBytes)
    }

    @Test("models of a number for each row are no more than what was told")
    func biases() throws {
        let matrix = Self.matrix
        let told = TrainingMemory.ofBiases(matrix.size)
        let biases = try BiasHead.train(matrix)
        #expect(HeldBytes.of(biases, biases.designs.panels) <= told.headBytes)
        let popular = try PopularityHead.train(matrix)
        #expect(HeldBytes.of(popular, popular.designs.panels) <= told.headBytes)
    }
}
