// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings
import Testing

@testable import Factors

/// Averages of draws, against the plain means of what the draws say of pairs of items.
@Suite("Sample averages")
struct SampleAverageTests {
    private static let width = 16
    private static let items = 9

    /// A draw with random numbers in all of its parts; `factors` of its coordinates mean something.
    private static func draw(factors: Int, seed: UInt64, hasLink: Bool = true) -> BayesianSample {
        var random = TestRandom(seed)
        func rows(_ first: Float?) -> [Float] {
            (0..<items * width).map { place in
                let d = place % width
                if d == 0, let first { return first }
                return d <= factors ? Float(random.uniform() - 0.5) : 0
            }
        }
        func vector() -> [Double] {
            (0..<width).map { $0 <= factors ? random.uniform() - 0.5 : 0 }
        }
        var precision = [Double](repeating: 0, count: width * width)
        for d in 0..<width { precision[d * width + d] = d <= factors ? 3 + Double(d) : 1 }
        for row in 0...factors {
            for column in 0..<row {
                precision[row * width + column] = 0.2 * Double((row + column) % 3)
                precision[column * width + row] = precision[row * width + column]
            }
        }
        return BayesianSample(
            width: width, designs: FrozenArray(rows(1)), biases: (0..<items).map { _ in 0.5 },
            means: rows(nil),
            noise: 1 + random.uniform(), priorMean: vector(), priorPrecision: precision,
            population: vector(), link: hasLink ? FrozenArray(rows(nil)) : [])
    }

    /// (1, q) of an item, or its row as it is.
    private func row(
        _ table: some RandomAccessCollection<Float>, _ item: Int, first: Double? = nil
    ) -> [Double] {
        var row = table.dropFirst(item * Self.width).prefix(Self.width).map(Double.init)
        if let first { row[0] = first }
        return row
    }

    private func covariance(_ sample: BayesianSample, _ x: [Double], _ y: [Double]) -> Double {
        let matrix = (0..<Self.width).map { row in
            Array(sample.priorPrecision[row * Self.width..<(row + 1) * Self.width])
        }
        return ReferenceAlgebra.dot(x, ReferenceAlgebra.solve(matrix, y))
    }

    /// What a sample makes of a pair of items: how they vary together, and what having met the second
    /// does for the first.
    private func pair(_ sample: BayesianSample, _ i: Int, _ j: Int) -> (Double, Double) {
        let (x, y) = (row(sample.means, i, first: 1), row(sample.means, j, first: 1))
        let pull = sample.link.isEmpty ? 0 : ReferenceAlgebra.dot(x, row(sample.link, j))
        return (covariance(sample, x, y), pull)
    }

    @Test("nothing is lost where the cut takes nothing", arguments: [1, 2, 5], [true, false])
    func whole(count: Int, hasLink: Bool) {
        // Nine items have at most eight directions beside their mean.
        let draws = (0..<count).map {
            Self.draw(factors: 8, seed: UInt64($0 + 1), hasLink: hasLink)
        }
        let average = SampleAverage(draws, factors: 8, threads: 1)
        func mean(_ value: (BayesianSample) -> Double) -> Double {
            draws.reduce(0) { $0 + value($1) } / Double(count)
        }
        for i in 0..<Self.items {
            #expect(row(average.sample.designs, i) == row(average.sample.means, i, first: 1))
            let bias = mean { draw in
                row(draw.means, i)[0]
                    + ReferenceAlgebra.dot(row(draw.means, i, first: 1), draw.priorMean)
            }
            #expect(abs(Double(average.sample.biases[i]) - bias) < 1e-5)
            let population = mean { draw in
                ReferenceAlgebra.dot(
                    row(draw.means, i, first: 1),
                    zip(draw.population, draw.priorMean).map { $0 - $1 })
            }
            let served = ReferenceAlgebra.dot(
                row(average.sample.designs, i), average.sample.population)
            #expect(abs(served - population) < 1e-4)
            let strayed = mean { draw in
                let off = zip(row(draw.designs, i), row(draw.means, i, first: 1)).map { $0 - $1 }
                return covariance(draw, off, off)
            }
            let scale = 2 / SampleAverage.caution / mean { 1 / $0.noise }
            #expect(abs(average.strayed[i] - scale * strayed) < 1e-4)
            for j in 0..<Self.items {
                let found = pair(average.sample, i, j)
                #expect(abs(found.0 - mean { pair($0, i, j).0 }) < 1e-4)
                // Goes through inverses in single precision; without fused multiply-adds 1.1e-4.
                #expect(abs(found.1 - mean { pair($0, i, j).1 }) < 3e-4)
            }
        }
        let noise = 1 / mean { 1 / $0.noise } / SampleAverage.caution
        #expect(abs(average.sample.noise - noise) < 1e-12)
    }

    @Test("what the cut takes of an item's variance is noise of the item")
    func cut() {
        let draws = (0..<4).map { Self.draw(factors: 3, seed: UInt64($0 + 1)) }
        let cut = SampleAverage(draws, factors: 3, threads: 1)
        let scale = 2 / SampleAverage.caution / (draws.reduce(0) { $0 + 1 / $1.noise } / 4)
        var (lost, all, noise) = (0.0, 0.0, 0.0)
        for i in 0..<Self.items {
            var (whole, strayed) = (0.0, 0.0)
            for draw in draws {
                whole += pair(draw, i, i).0 / 4
                let off = zip(row(draw.designs, i), row(draw.means, i, first: 1)).map { $0 - $1 }
                strayed += covariance(draw, off, off) / 4
            }
            #expect(cut.strayed[i] > scale * strayed)
            noise += cut.strayed[i] - scale * strayed
            lost += whole - pair(cut.sample, i, i).0
            all += whole
        }
        // The sum alone is exact: directions that are not quite the leading ones mix items.
        #expect(abs(noise - scale * lost) < 1e-4)
        #expect(lost > 0.001 && lost < 0.5 * all)
    }

    @Test("the bits do not depend on threads; a head of averages is kept in its bytes")
    func threads() throws {
        let data = SmallData.timed(SmallData.random(users: 60, items: 90, density: 0.6, seed: 6))
        let options = BayesianOptions(factors: 5, sweeps: 30, burnIn: 4, samples: 3, averaged: 5)
        let heads = try [1, 3].map {
            try BayesianTrainer.train(data, options: options, threads: $0)
        }
        #expect(heads[0] == heads[1])
        #expect(heads[0].samples.count == 3)
        #expect(try BayesianHead(factorBytes: heads[0].factorBytes) == heads[0])
    }

    @Test("options written before draws were averaged or items had neighbours have neither")
    func coding() throws {
        let options = BayesianOptions(sweeps: 7, samples: 3, averaged: 4, seed: 9)
        let written = try JSONEncoder().encode(options)
        #expect(try JSONDecoder().decode(BayesianOptions.self, from: written) == options)
        let text = try #require(String(bytes: written, encoding: .utf8))
        let before = text.replacing(/"(averaged":4|neighbours":3),?/, with: "")
            .replacing(",}", with: "}")
        #expect(before.count < text.count - 20)
        let read = try JSONDecoder().decode(BayesianOptions.self, from: Data(before.utf8))
        #expect(read.averaged == 1 && read.neighbours == 0 && read.sweeps == 7 && read.seed == 9)
    }
}
