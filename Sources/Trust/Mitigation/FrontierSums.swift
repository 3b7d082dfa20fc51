// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// One sample of a frontier, ready to be measured on any resampling of its users.
struct FrontierSums {
    private let users: [HeldOutUser]
    private let vectors: [[Double]]
    private let gramian: [Double]
    private let groups: [Int]
    private let groupCount: Int
    private let divergences: [Double]
    private let attacks: [LinearAttack]
    private let isTail: [Bool]
    private let dimensions: Int

    init(
        _ sample: FrontierSample, users members: FrontierUsers, isTail: [Bool]
    ) {
        users = sample.measurements.users
        vectors = sample.vectors
        gramian = sample.scoreGramian
        divergences = sample.divergences
        groups = members.groups
        groupCount = members.groupCount
        self.isTail = isTail
        dimensions = sample.vectors.first?.count ?? 0
        attacks = LinearAttack.all(
            sample.attacked, groups: groups, groupCount: groupCount, learners: members.learners)
    }

    /// All measures, each user counted `weights` times; NaN for what cannot be measured.
    ///
    /// The worst-off groups are those of `worst`, or those of these very weights.
    func measured(_ weights: [Int], worst: WorstGroups? = nil) -> [FrontierMeasure: Double] {
        let accuracy = accuracies(weights)
        let worst = worst ?? accuracy.worst
        var values: [FrontierMeasure: Double] = [
            .rmse: accuracy.rmse, .ndcg: accuracy.ndcg,
            .rmseGap: Self.spread(accuracy.groupRMSE), .ndcgGap: Self.spread(accuracy.groupNDCG),
            .worstRMSE: worst.rmse.map { accuracy.groupRMSE[$0] } ?? .nan,
            .worstNDCG: worst.ndcg.map { accuracy.groupNDCG[$0] } ?? .nan,
            .scoreGap: scoreGap(weights), .miscalibration: miscalibration(weights),
        ]
        let areas = attacks.map { $0.area(weights) }.filter(\.isFinite)
        values[.leakage] =
            areas.isEmpty ? .nan : areas.reduce(0) { $0 + max($1, 1 - $1) } / Double(areas.count)
        let exposure = exposure(weights)
        values[.gini] = exposure.gini
        values[.tailShare] = exposure.tailShare
        return values
    }

    /// Which groups fare worst; nil where none can be measured.
    struct WorstGroups {
        let rmse: Int?
        let ndcg: Int?
    }

    /// The groups that fare worst when everybody counts once.
    var worst: WorstGroups { accuracies([Int](repeating: 1, count: users.count)).worst }

    private struct Accuracies {
        let rmse: Double
        let ndcg: Double
        let groupRMSE: [Double]
        let groupNDCG: [Double]

        var worst: WorstGroups {
            func extreme(_ values: [Double], _ worse: (Double, Double) -> Bool) -> Int? {
                values.indices.filter { values[$0].isFinite }.min { worse(values[$0], values[$1]) }
            }
            return WorstGroups(rmse: extreme(groupRMSE, >), ndcg: extreme(groupNDCG, <))
        }
    }

    /// Place 0 is everybody, place g + 1 group g.
    private func accuracies(_ weights: [Int]) -> Accuracies {
        var squares = [Double](repeating: 0, count: groupCount + 1)
        var ratings = squares
        var gains = squares
        var lists = squares
        for (place, user) in users.enumerated() where weights[place] > 0 {
            let weight = Double(weights[place])
            let cells = groups[place] < 0 ? [0] : [0, groups[place] + 1]
            for cell in cells {
                squares[cell] += weight * user.squaredError
                ratings[cell] += weight * Double(user.errors.count)
                guard let quality = user.quality else { continue }
                gains[cell] += weight * quality.nDCG
                lists[cell] += weight
            }
        }
        let rmse = zip(squares, ratings).map { ($0 / $1).squareRoot() }
        let ndcg = zip(gains, lists).map { $0 / $1 }
        return Accuracies(
            rmse: rmse[0], ndcg: ndcg[0], groupRMSE: Array(rmse.dropFirst()),
            groupNDCG: Array(ndcg.dropFirst()))
    }

    private static func spread(_ values: [Double]) -> Double {
        let measured = values.filter(\.isFinite)
        guard let high = measured.max(), let low = measured.min(), measured.count > 1 else {
            return .nan
        }
        return high - low
    }

    private func scoreGap(_ weights: [Int]) -> Double {
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: dimensions), count: groupCount)
        var counts = [Double](repeating: 0, count: groupCount)
        for (place, vector) in vectors.enumerated() where weights[place] > 0 && groups[place] >= 0 {
            let weight = Double(weights[place])
            counts[groups[place]] += weight
            sums[groups[place]].withUnsafeMutableBufferPointer { sum in
                for d in vector.indices { sum[d] += weight * vector[d] }
            }
        }
        let total = counts.reduce(0, +)
        var whole = [Double](repeating: 0, count: dimensions)
        for sum in sums { for d in 0..<dimensions { whole[d] += sum[d] } }
        let gaps = (0..<groupCount).compactMap { group -> Double? in
            let (inside, outside) = (counts[group], total - counts[group])
            guard inside > 0, outside > 0 else { return nil }
            let difference = (0..<dimensions).map { d in
                sums[group][d] / inside - (whole[d] - sums[group][d]) / outside
            }
            return meanSquare(difference).squareRoot()
        }
        return gaps.max() ?? .nan
    }

    /// The mean over items of (z_j·δ)².
    private func meanSquare(_ difference: [Double]) -> Double {
        var total = 0.0
        gramian.withUnsafeBufferPointer { gramian in
            for a in 0..<dimensions where difference[a] != 0 {
                var sum = 0.0
                let start = a * dimensions
                for b in 0..<dimensions { sum += gramian[start + b] * difference[b] }
                total += difference[a] * sum
            }
        }
        return max(total, 0)
    }

    private func miscalibration(_ weights: [Int]) -> Double {
        var (sum, count) = (0.0, 0.0)
        for (divergence, weight) in zip(divergences, weights) where divergence.isFinite {
            sum += Double(weight) * divergence
            count += Double(weight)
        }
        return sum / count
    }

    private func exposure(_ weights: [Int]) -> (gini: Double, tailShare: Double) {
        var counts = [Int](repeating: 0, count: isTail.count)
        var tail = 0
        for (place, user) in users.enumerated() where weights[place] > 0 {
            for item in user.list {
                counts[item.position] += weights[place]
                if isTail[item.position] { tail += weights[place] }
            }
        }
        let shown = counts.reduce(0, +)
        return (
            ListExposure(counts: counts).gini, Double(tail) / Double(shown)
        )
    }
}
