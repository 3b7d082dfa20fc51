// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A mitigation over its range of strengths: accuracy, the three verdicts, exposure and levelling down.
///
/// Leakage, score parity and accuracy parity are different things; closing one leaves the others, so each
/// has a measure of its own. Intervals resample users, the same ones at every point, so that changes are
/// paired.
public struct MitigationFrontier: Sendable {
    /// How much RMSE, in parts of the scale's width, and nDCG, in parts of itself, a point may cost.
    public enum Limits {
        /// .005 on a scale from 1 to 5.
        public static let rmseShare = 0.00125
        /// 2% of plain nDCG.
        public static let ndcgShare = 0.02
    }

    /// The points in the order of the samples, the plain one first.
    public let points: [FrontierPoint]
    /// The measure that the method is meant to lower.
    public let target: FrontierMeasure

    /// Measures samples of the same users, the first of which is without mitigation.
    ///
    /// The result does not depend on `threads`. Complexity: O(samples · resamples · users · (dimensions + list length)). `progress` gets 0…1 and
    /// returns false to cancel, upon which the result is nil. Traps without samples, or when they are of
    /// different users.
    public init?(
        _ samples: [FrontierSample], target: FrontierMeasure, users: FrontierUsers,
        isTail: [Bool], scale: RatingScale, options: AuditOptions,
        threads: Int, progress: (Double) -> Bool
    ) {
        self.target = target
        let count = users.groups.count
        precondition(
            !samples.isEmpty && samples.allSatisfy { $0.measurements.users.count == count },
            "samples of the same users")
        let everybody = [Int](repeating: 1, count: count)
        var worst: FrontierSums.WorstGroups?
        var plain: Measured?
        var points: [FrontierPoint] = []
        for (place, sample) in samples.enumerated() {
            let sums = FrontierSums(sample, users: users, isTail: isTail)
            let least = worst ?? sums.worst
            worst = least
            let resamples = Resamples(
                count: options.resamples, width: FrontierMeasure.allCases.count, threads: threads,
                progress: { progress((Double(place) + $0) / Double(samples.count)) },
                makeScratch: { everybody }
            ) { resample, weights, out in
                UserBootstrap.draw(resample, seed: options.seed, into: &weights)
                let values = sums.measured(weights, worst: least)
                for (column, measure) in FrontierMeasure.allCases.enumerated() {
                    out[column] = values[measure] ?? .nan
                }
            }
            guard let resamples else { return nil }
            let measured = Measured(
                observed: sums.measured(everybody, worst: least), resamples: resamples)
            let reference = plain ?? measured
            plain = reference
            points.append(Self.point(sample.strength, measured, against: reference))
        }
        self.points = Self.judged(points, target, scale)
    }

    /// One sample's measures, as its users are and as they are resampled.
    private struct Measured {
        let observed: [FrontierMeasure: Double]
        let resamples: Resamples
    }

    private static func point(
        _ strength: Double, _ measured: Measured, against plain: Measured
    ) -> FrontierPoint {
        let figures = FrontierMeasure.allCases.enumerated().map { column, measure in
            func value(_ measured: Measured) -> Double { measured.observed[measure] ?? .nan }
            let drawn = measured.resamples.column(column)
            return FrontierPoint.Figure(
                measure: measure, level: estimate(value(measured), drawn),
                change: estimate(
                    value(measured) - value(plain),
                    zip(drawn, plain.resamples.column(column)).map { $0 - $1 }))
        }
        func change(_ measure: FrontierMeasure) -> Double {
            figures.first { $0.measure == measure }?.change.value ?? .nan
        }
        let levelsDown =
            change(.rmseGap) < 0 && change(.worstRMSE) > 0
            || change(.ndcgGap) < 0 && change(.worstNDCG) < 0
        return FrontierPoint(
            strength: strength, figures: figures, levelsDown: levelsDown, status: .plain)
    }

    private static func estimate(_ value: Double, _ drawn: [Double]) -> FrontierPoint.Estimate {
        let interval = Percentile.interval95(drawn)
        // Where a gap cannot fall below zero, resampled ones may all lie above the one that is closed.
        return FrontierPoint.Estimate(
            value: value, low: min(interval.low, value), high: max(interval.high, value))
    }

    /// Says what becomes of each point.
    private static func judged(
        _ points: [FrontierPoint], _ target: FrontierMeasure, _ scale: RatingScale
    ) -> [FrontierPoint] {
        var judged = points
        let rmseLimit = Limits.rmseShare * Double(scale.maximum - scale.minimum)
        for place in judged.indices.dropFirst() {
            func figure(_ measure: FrontierMeasure) -> FrontierPoint.Figure? {
                judged[place].figure(measure)
            }
            let rmse = figure(.rmse)?.change.value ?? 0
            let ndcg = figure(.ndcg)
            let ndcgLoss = -(ndcg?.change.value ?? 0)
            let plainNDCG = (ndcg?.level.value ?? 0) + ndcgLoss
            if !(figure(target)?.change.value ?? 0 < 0) {
                judged[place].status = .noGain
            } else if levelsDown(judged[place], target) {
                judged[place].status = .levellingDown
            } else if rmse > rmseLimit || ndcgLoss > Limits.ndcgShare * plainNDCG {
                judged[place].status = .cost
            } else {
                judged[place].status = .allowed
            }
        }
        let allowed = judged.indices.filter { judged[$0].status == .allowed }
        func gap(_ place: Int) -> Double { judged[place].figure(target)?.level.value ?? .infinity }
        if let best = allowed.min(by: { gap($0) < gap($1) }) { judged[best].status = .chosen }
        return judged
    }

    /// Whether the gap that is the target fell while the group that is worst off in it lost.
    private static func levelsDown(_ point: FrontierPoint, _ target: FrontierMeasure) -> Bool {
        switch target {
        case .rmseGap: point.figure(.worstRMSE)?.change.value ?? 0 > 0
        case .ndcgGap: point.figure(.worstNDCG)?.change.value ?? 0 < 0
        default: false
        }
    }
}
