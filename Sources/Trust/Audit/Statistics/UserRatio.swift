// SPDX-License-Identifier: GPL-3.0-or-later

/// Σ numerator / Σ denominator over users, or its root: a number whose noise comes from which users
/// there are.
struct UserRatio: Sendable {
    /// Each user's numerator.
    var numerators: [Double]
    /// Each user's denominator; 0 where nothing was measured.
    var denominators: [Double]
    /// Whether the root of the ratio is meant.
    var isRoot = false

    /// The number when user u counts `weights[u]` times; NaN when nothing was measured.
    func value(_ weights: [Double]) -> Double {
        var (above, below) = (0.0, 0.0)
        for user in numerators.indices {
            above += weights[user] * numerators[user]
            below += weights[user] * denominators[user]
        }
        guard below > 0 else { return .nan }
        return isRoot ? (above / below).squareRoot() : above / below
    }

    /// Each ratio on the users as they are, with the 95% interval of `options.resamples` samples of
    /// users; nil when `progress` returns false.
    static func measure(
        _ ratios: [UserRatio], userCount: Int, options: AuditOptions, threads: Int,
        progress: (Double) -> Bool
    ) -> [Estimate]? {
        let resamples = Resamples(
            count: options.resamples, width: ratios.count, threads: threads, progress: progress,
            makeScratch: { [Double](repeating: 0, count: userCount) }
        ) { sample, weights, out in
            UserBootstrap.draw(sample, seed: options.seed, into: &weights)
            for (place, ratio) in ratios.enumerated() { out[place] = ratio.value(weights) }
        }
        guard let resamples else { return nil }
        let once = [Double](repeating: 1, count: userCount)
        return ratios.enumerated().map { place, ratio in
            Estimate(value: ratio.value(once), samples: resamples.column(place))
        }
    }
}
