// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Ratings

@Suite("CounterRandom")
struct CounterRandomTests {
    @Test("a draw depends on seed, stream and counter and on nothing else")
    func pure() {
        let random = CounterRandom(seed: 7, stream: 3)
        #expect(random.bits(5) == CounterRandom(seed: 7, stream: 3).bits(5))
        let others = [
            random.bits(6), CounterRandom(seed: 8, stream: 3).bits(5),
            CounterRandom(seed: 7, stream: 4).bits(5), CounterRandom(seed: 3, stream: 7).bits(5),
        ]
        #expect(!others.contains(random.bits(5)))
        #expect(Set(others).count == 4)
    }

    @Test("seed 1 gives these very numbers, on every machine")
    func pinned() {
        let random = CounterRandom(seed: 1)
        #expect(
            (0..<3).map { random.bits($0) } == [
                0x497F_A423_7C8B_A069, 0x7235_99D2_F99F_17C9, 0x6C54_8848_64E6_3E91,
            ])
        #expect(
            (0..<3).map { random.normal($0).bitPattern } == [
                0xBFC6_3D8D_6F64_9D86, 0xBFFC_5EA7_18B8_7A9D, 0xBF9D_78DD_11A3_5812,
            ])
    }

    @Test("uniform numbers fill 0 ..< 1 evenly")
    func uniform() {
        let random = CounterRandom(seed: 11)
        var counts = [Int](repeating: 0, count: 10)
        let values = (0..<100_000).map { random.uniform(UInt64($0)) }
        #expect(values.allSatisfy { (0..<1).contains($0) })
        for value in values { counts[Int(value * 10)] += 1 }
        // The deviation of a count of 100,000 draws at 0.1 is 95.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    }

    @Test(
        "gamma numbers have their shape as mean and variance, and a source gives one number",
        arguments: [1.0, 1.5, 4, 60, 5000])
    func gamma(shape: Double) {
        let random = CounterRandom(seed: 3)
        let count = 40_000
        let values = (0..<count).map { random.source(UInt64($0)).gamma(shape: shape) }
        #expect(values.allSatisfy { $0 > 0 && $0.isFinite })
        #expect(random.source(7).gamma(shape: shape) == values[7])
        let mean = values.reduce(0, +) / Double(count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        #expect(abs(mean / shape - 1) < 5 / (shape * Double(count)).squareRoot())
        #expect(abs(variance / shape - 1) < 0.08)
    }

    @Test("normal numbers have mean 0, variance 1 and the right tails")
    func normal() {
        let random = CounterRandom(seed: 12)
        let values = (0..<200_000).map { random.normal(UInt64($0)) }
        let count = Double(values.count)
        #expect(abs(values.reduce(0, +) / count) < 0.01)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / count - 1) < 0.02)
        let beyond2 = Double(values.filter { abs($0) > 2 }.count) / count
        #expect(abs(beyond2 - 0.0455) < 0.003)
    }

    @Test("the logarithm agrees with the library's to a few units in the last place")
    func logarithm() {
        for x in [1e-300, 1e-9, 0.1, 0.5, 0.7, 0.999_999, 1, 1.5, 2, 10, 1e17] {
            #expect(abs(CounterRandom.naturalLogarithm(x) - log(x)) <= 1e-15 * max(1, abs(log(x))))
        }
    }

    @Test("integers stay below their bound and reach every value")
    func integers() {
        let random = CounterRandom(seed: 13)
        let seen = Set((0..<1_000).map { random.integer(below: 7, UInt64($0)) })
        #expect(seen == Set(0..<7))
        #expect(random.integer(below: 1, 0) == 0)
    }

    @Test("a permutation has every position once", arguments: [0, 1, 2, 1_000])
    func permutation(count: Int) {
        let order = CounterRandom(seed: 14).permutation(count: count)
        #expect(order.sorted() == Array(0..<count))
        #expect(count < 1_000 || order != Array(0..<count))
    }
}
