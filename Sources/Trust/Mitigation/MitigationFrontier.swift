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
    /// Complexity: O(samples · resamples · users · (dimensions + list length)). `progress` gets 0…1 and
    /// returns false to cancel, upon which the result is nil. Traps without samples, or when they are of
    /// different users.
    public init?(
        _ samples: [FrontierSample], target: FrontierMeasure, users: FrontierUsers,
        isTail: [Bool], scale: RatingScale, options: AuditOptions,
        progress: (Double) -> Bool
    ) {
        self.target = target
        let count = users.groups.count
        precondition(
            !samples.isEmpty && samples.allSatisfy { $0.measurements.users.count == count },
            "samples of the same users")
        let weights = (0..<options.resamples).map { resample in
            let random = CounterRandom(seed: options.seed, stream: UInt64(resample))
            var weights = [Int](repeating: 0, count: count)
            for place in 0..<count { weights[random.integer(below: count, UInt64(place))] += 1 }
            return weights
        }
        let everybody = [Int](repeating: 1, count: count)
        var worst: FrontierSums.WorstGroups?
        var plain: (observed: [FrontierMeasure: Double], drawn: [[FrontierMeasure: Double]])?
        var points: [FrontierPoint] = []
        let total = Double(samples.count * (options.resamples + 1))
        for (place, sample) in samples.enumerated() {
            let sums = FrontierSums(
                sample, users: users, isTail: isTail)
            if worst == nil { worst = sums.worst }
            let observed = sums.measured(everybody, worst: worst)
            var drawn: [[FrontierMeasure: Double]] = []
            for (number, weights) in weights.enumerated() {
                drawn.append(sums.measured(weights, worst: worst))
                let done = place * (options.resamples + 1) + number + 1
                guard progress(Double(done) / total) else { return nil }
            }
            let reference = plain ?? (observed, drawn)
            plain = reference
            points.append(
                Self.point(sample.strength, observed, drawn, reference.observed, reference.drawn))
        }
        self.points = Self.judged(points, target, scale)
    }

    private static func point(
        _ strength: Double, _ observed: [FrontierMeasure: Double],
        _ drawn: [[FrontierMeasure: Double]], _ plain: [FrontierMeasure: Double],
        _ plainDrawn: [[FrontierMeasure: Double]]
    ) -> FrontierPoint {
        let figures = FrontierMeasure.allCases.map { measure in
            func value(_ values: [FrontierMeasure: Double]) -> Double { values[measure] ?? .nan }
            return FrontierPoint.Figure(
                measure: measure, level: estimate(value(observed), drawn.map(value)),
                change: estimate(
                    value(observed) - value(plain),
                    zip(drawn, plainDrawn).map { value($0) - value($1) }))
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
