// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings
import Testing

@testable import Factors

/// The filters of ratings that hang together in time, against the dense covariance of their noise.
@Suite("Sequence model")
struct SequenceModelTests {
    static let counts = [1, 2, 9, 63, 64, 65, 150]
    private static let itemCount = 200
    private static let components = [
        SequenceComponent(variance: 0.4, step: 0.8, pause: 0.3),
        SequenceComponent(variance: 0.2, step: 0.97, pause: 0.5),
    ]
    private static let precisions: [Float] = {
        var random = TestRandom(8)
        return (0..<itemCount).map { _ in Float(1.2 + random.uniform()) }
    }()

    /// Ratings of ascending items at times with all kinds of gaps, not in the order of items.
    private func profile(_ count: Int) -> Profile {
        var random = TestRandom(UInt64(count))
        var time: Int64 = 978_300_000
        let times = (0..<count).map { _ -> Int64 in
            time += [0, 7, 600, 4000, 300_000][Int.random(in: 0..<5, using: &random)]
            return time
        }
        return Profile(
            items: (0..<Int32(count)).map { $0 },
            values: (0..<count).map { _ in Float(3 + 2 * random.uniform()) },
            timestamps: times.shuffled(using: &random))
    }

    /// Σ in the order of time, straight from the model's definition.
    private func covariance(_ filter: SequenceFilter, _ profile: Profile) -> [[Double]] {
        let times = filter.order.map { profile.timestamps[Int($0)] }
        let count = times.count
        var matrix = ReferenceAlgebra.diagonal(count) {
            1 / Double(Self.precisions[Int(filter.columns[$0])])
        }
        for component in Self.components {
            for i in 0..<count {
                var value = component.variance
                for j in i..<count {
                    if j > i {
                        value *= component.decay(over: TimeOrder.gap(times[j - 1], times[j]))
                    }
                    matrix[i][j] += value
                    if j > i { matrix[j][i] += value }
                }
            }
        }
        return matrix
    }

    private func filter(_ profile: Profile) -> SequenceFilter {
        SequenceFilter(profile, Self.components, itemPrecisions: Self.precisions)
    }

    @Test("the filter applied to and fro is the inverse of the covariance", arguments: counts)
    func weighted(count: Int) {
        let profile = profile(count)
        let filter = filter(profile)
        let times = filter.order.map { profile.timestamps[Int($0)] }
        #expect(times == times.sorted())
        let values = filter.order.map { Double(profile.values[Int($0)]) - 3 }
        let expected = ReferenceAlgebra.solve(covariance(filter, profile), values)
        for (value, reference) in zip(filter.weighted(values), expected) {
            #expect(abs(value - reference) < 1e-10)
        }
    }

    @Test("without components every rating counts by its item's precision alone")
    func independent() {
        let profile = profile(20)
        let filter = SequenceFilter(profile, [], itemPrecisions: Self.precisions)
        let ones = [Double](repeating: 1, count: 20)
        for (value, column) in zip(filter.weighted(ones), filter.columns) {
            #expect(abs(value - Double(Self.precisions[Int(column)])) < 1e-12)
        }
        #expect(filter.covariance(at: profile.timestamps[3]).allSatisfy { $0 == 0 })
    }

    @Test("what hangs together with a moment fades with distance and sittings")
    func moments() {
        let profile = Profile(
            items: [0, 1, 2, 3], values: [1, 2, 3, 4],
            timestamps: [1000, 1100, 90_000, 90_100])
        let filter = filter(profile)
        let total = Self.components.reduce(0) { $0 + $1.variance }
        let near = filter.covariance(at: 90_200)
        #expect(near == near.sorted())
        #expect(near.allSatisfy { $0 > 0 && $0 < total })
        let before = filter.covariance(at: 500)
        #expect(before == before.sorted(by: >))
        let between = filter.covariance(at: 1050)
        #expect(between[0] > near[0] && between[1] > between[2])
        #expect(filter.covariance(at: .max).allSatisfy { $0 >= 0 && $0 < total })
    }

    @Test(
        "whitened rows in double have the inverse covariance as their Gram matrix",
        arguments: counts)
    func whiten64(count: Int) {
        let width = 16
        let profile = profile(count)
        let filter = filter(profile)
        var random = TestRandom(3)
        let table = (0..<Self.itemCount * width).map { _ in Float(random.uniform()) }
        var targets = filter.order.map { Double(profile.values[Int($0)]) - 3 }
        let raw = targets
        var packed = [Double](repeating: 0, count: count * width)
        var states = [Double](repeating: 0, count: 2 * width + 2)
        var right = [Double](repeating: 0, count: width)
        // In two stretches, whose states carry over.
        for stretch in [0..<count / 3, count / 3..<count] where !stretch.isEmpty {
            let (first, some) = (stretch.lowerBound, stretch.count)
            packed.withUnsafeMutableBufferPointer { packed in
                targets.withUnsafeMutableBufferPointer { targets in
                    guard let rows = packed.baseAddress, let target = targets.baseAddress else {
                        return
                    }
                    kernel_whiten_f64(
                        table, width, Array(filter.columns[stretch]), some,
                        Array(filter.decays[(2 * first)...]), Array(filter.gains[(2 * first)...]),
                        Array(filter.scales[first...]), 1.5, target + first,
                        rows + first * width, &states, &right)
                }
            }
        }
        let sigma = covariance(filter, profile)
        func column(_ d: Int) -> [Double] {
            filter.columns.map { Double(table[Int($0) * width + d]) }
        }
        let solved = ReferenceAlgebra.solve(sigma, raw)
        for d in 0..<width {
            #expect(abs(right[d] - 2.25 * ReferenceAlgebra.dot(column(d), solved)) < 1e-9)
            let inverse = ReferenceAlgebra.solve(sigma, column(d))
            for e in [0, d, 15] {
                let gram = (0..<count).reduce(0.0) {
                    $0 + packed[$1 * width + d] * packed[$1 * width + e]
                }
                #expect(abs(gram - 2.25 * ReferenceAlgebra.dot(column(e), inverse)) < 1e-9)
            }
        }
        #expect(
            abs(
                ReferenceAlgebra.dot(targets, targets) - 2.25 * ReferenceAlgebra.dot(raw, solved))
                < 1e-9)
    }
}
