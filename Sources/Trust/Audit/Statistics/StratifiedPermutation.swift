// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What chance alone gives: groups are exchanged between users of about equal profile sizes, and
/// the statistics computed anew.
///
/// What remains of a difference after that is neither sampling noise nor explained by how much the
/// groups rate.
struct StratifiedPermutation: Sendable {
    private let statistics: TestedStatistics
    private let observed: [Double]
    private let resamples: Resamples

    /// Exchanges the groups of an attribute `options.resamples` times within each list of
    /// `exchangeable`.
    ///
    /// `number` tells the attributes of an audit apart: each has random streams of its own. Nil
    /// when `progress` returns false.
    init?(
        _ codes: [Int32], exchangeable: [[Int32]], statistics: TestedStatistics, number: Int,
        options: AuditOptions, threads: Int, progress: (Double) -> Bool
    ) {
        self.statistics = statistics
        observed = [Double](unsafeUninitializedCapacity: statistics.width) { out, filled in
            out.initialize(repeating: 0)
            if let start = out.baseAddress { statistics.compute(codes, into: start) }
            filled = statistics.width
        }
        let resamples = Resamples(
            count: options.resamples, width: statistics.width, threads: threads,
            progress: progress, makeScratch: { codes }
        ) { resample, scratch, out in
            scratch = codes
            Self.exchange(
                &scratch, within: exchangeable,
                CounterRandom(
                    seed: options.seed, stream: Self.stream(attribute: number, resample)))
            statistics.compute(scratch, into: out)
        }
        guard let resamples else { return nil }
        self.resamples = resamples
    }

    /// The statistic as the groups are; NaN when it cannot be measured.
    func observed(_ place: TestedStatistics.Place) -> Double {
        observed[statistics.position(place)]
    }

    /// The statistic each time that groups were exchanged.
    func null(_ place: TestedStatistics.Place) -> [Double] {
        resamples.column(statistics.position(place))
    }

    /// Streams above those of the bootstrap, 2³² for each attribute.
    private static func stream(attribute: Int, _ resample: Int) -> UInt64 {
        (UInt64(attribute + 1) << 32) + UInt64(resample)
    }

    /// Exchanges the codes of the users of each list at random (Fisher–Yates).
    static func exchange(
        _ codes: inout [Int32], within lists: [[Int32]], _ random: CounterRandom
    ) {
        var draw: UInt64 = 0
        for list in lists where list.count > 1 {
            for last in stride(from: list.count - 1, to: 0, by: -1) {
                codes.swapAt(
                    Int(list[last]), Int(list[random.integer(below: last + 1, draw)]))
                draw += 1
            }
        }
    }
}
