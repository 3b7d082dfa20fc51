// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Resamples users with replacement and computes the statistics of every group anew.
///
/// Users, not ratings: ratings of one user share that user's error, and resampling them would give
/// intervals that are too narrow (Efron & Tibshirani 1993, §6 and §8).
struct UserBootstrap: Sendable {
    private let observed: [Double]
    private let resamples: Resamples

    /// Draws `options.resamples` samples of as many users as there are.
    ///
    /// Sample b draws from stream b of the seed. Nil when `progress` returns false.
    /// O(resamples × users × attributes).
    init?(
        _ users: GroupedUsers, options: AuditOptions, threads: Int, progress: (Double) -> Bool
    ) {
        let width = GroupStatistics.count(groupCount: users.groupCount)
        let room = (users.groupCount * users.strataCount + 1) * MetricTable.width
        let count = users.table.count
        observed = [Double](unsafeUninitializedCapacity: width) { out, filled in
            out.initialize(repeating: 0)
            let sums = [Double](unsafeUninitializedCapacity: room) { sums, filled in
                sums.initialize(repeating: 0)
                Self.add(users, [Double](repeating: 1, count: count), to: sums)
                filled = room
            }
            Self.compute(users, sums, into: out)
            filled = width
        }
        let resamples = Resamples(
            count: options.resamples, width: width, threads: threads, progress: progress,
            makeScratch: {
                (
                    weights: [Double](repeating: 0, count: count),
                    sums: [Double](repeating: 0, count: room)
                )
            }
        ) { sample, scratch, out in
            Self.draw(sample, seed: options.seed, into: &scratch.weights)
            for place in scratch.sums.indices { scratch.sums[place] = 0 }
            scratch.sums.withUnsafeMutableBufferPointer {
                Self.add(users, scratch.weights, to: $0)
            }
            Self.compute(
                users, scratch.sums,
                into: UnsafeMutableBufferPointer(start: out, count: width))
        }
        guard let resamples else { return nil }
        self.resamples = resamples
    }

    /// A statistic on the users as they are; NaN when it cannot be measured.
    func observed(_ place: Int) -> Double { observed[place] }

    /// A statistic of all resamples.
    func samples(_ place: Int) -> [Double] { resamples.column(place) }

    /// How often sample `sample` draws each user: as many draws as there are users.
    static func draw<Weight: Numeric>(_ sample: Int, seed: UInt64, into weights: inout [Weight]) {
        let random = CounterRandom(seed: seed, stream: UInt64(sample))
        for user in weights.indices { weights[user] = 0 }
        for draw in weights.indices {
            weights[random.integer(below: weights.count, UInt64(draw))] += 1
        }
    }

    private static func add(
        _ users: GroupedUsers, _ weights: [Double], to sums: UnsafeMutableBufferPointer<Double>
    ) {
        weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress, let sums = sums.baseAddress else { return }
            GroupStatistics.add(users, weights: weights, to: sums)
        }
    }

    private static func compute(
        _ users: GroupedUsers, _ sums: [Double], into out: UnsafeMutableBufferPointer<Double>
    ) {
        sums.withUnsafeBufferPointer { sums in
            guard let sums = sums.baseAddress, let out = out.baseAddress else { return }
            GroupStatistics.compute(users, sums: sums, into: out)
        }
    }
}
