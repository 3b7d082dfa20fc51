// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How one user's ratings hang together in time: the filter that makes their noise independent.
///
/// With Σ the covariance of the ratings' noise, relative to the noise of the user's average rating,
/// the filter is a lower triangular L, LᵀL = Σ⁻¹, in the order of time (Kalman 1960). It depends on the
/// items and times alone, not on the values, so what it makes of them is linear in them. O(n) for
/// each use after O(n log n).
struct SequenceFilter: Sendable {
    /// The profile's positions in the order of time.
    let order: [Int32]
    /// The items in that order.
    let columns: [Int32]
    /// The two components' decays from the rating before, for each rating.
    let decays: [Double]
    /// The two components' gains.
    let gains: [Double]
    /// The reciprocal deviation of each rating's surprise.
    let scales: [Double]
    private let variances: (Double, Double)
    private let timestamps: [Int64]
    private let components: [SequenceComponent]

    /// Prepares the filter; `itemPrecisions` are a_i by item.
    init(
        _ profile: Profile, _ components: [SequenceComponent], itemPrecisions: [Float]
    ) {
        order = TimeOrder.positions(profile.timestamps)
        columns = order.map { profile.items[Int($0)] }
        timestamps = order.map { profile.timestamps[Int($0)] }
        self.components = components
        variances = (
            components.isEmpty ? 0 : components[0].variance,
            components.count < 2 ? 0 : components[1].variance
        )
        let count = order.count
        var decays = [Double](repeating: 0, count: 2 * count)
        var gains = decays
        var scales = [Double](repeating: 0, count: count)
        var (p00, p10, p11) = (variances.0, 0.0, variances.1)
        for k in 0..<count {
            let (first, second) = Self.decays(
                components, from: timestamps[max(k, 1) - 1], to: timestamps[k])
            p00 = first * first * p00 + variances.0 * (1 - first * first)
            p11 = second * second * p11 + variances.1 * (1 - second * second)
            p10 *= first * second
            let (g0, g1) = (p00 + p10, p10 + p11)
            let inverse = 1 / (g0 + g1 + 1 / Double(itemPrecisions[Int(columns[k])]))
            (decays[2 * k], decays[2 * k + 1]) = (first, second)
            (gains[2 * k], gains[2 * k + 1]) = (g0 * inverse, g1 * inverse)
            scales[k] = inverse.squareRoot()
            p00 -= g0 * g0 * inverse
            p10 -= g0 * g1 * inverse
            p11 -= g1 * g1 * inverse
        }
        (self.decays, self.gains, self.scales) = (decays, gains, scales)
    }

    private static func decays(
        _ components: [SequenceComponent], from earlier: Int64, to later: Int64
    ) -> (Double, Double) {
        let gap = TimeOrder.gap(earlier, later)
        func decay(_ place: Int) -> Double {
            place < components.count ? components[place].decay(over: gap) : 0
        }
        return (decay(0), decay(1))
    }

    /// LᵀL y = Σ⁻¹ y, both in the order of time.
    func weighted(_ values: [Double]) -> [Double] {
        let count = order.count
        var result = values
        var (first, second) = (0.0, 0.0)
        for k in 0..<count {
            first *= decays[2 * k]
            second *= decays[2 * k + 1]
            let surprise = result[k] - first - second
            first += gains[2 * k] * surprise
            second += gains[2 * k + 1] * surprise
            result[k] = scales[k] * scales[k] * surprise
        }
        // The same recursion's transpose, from the last rating to the first.
        var (back0, back1) = (0.0, 0.0)
        for k in stride(from: count - 1, through: 0, by: -1) {
            let value = result[k] + gains[2 * k] * back0 + gains[2 * k + 1] * back1
            back0 = decays[2 * k] * (back0 - value)
            back1 = decays[2 * k + 1] * (back1 - value)
            result[k] = value
        }
        return result
    }

    /// The covariance of each rating's hidden part with that of a rating given at `time`.
    ///
    /// A time between two ratings is half a step from either.
    func covariance(at time: Int64) -> [Double] {
        let count = order.count
        let next = timestamps.firstIndex { $0 > time } ?? count
        var result = [Double](repeating: 0, count: count)
        for (component, part) in components.enumerated() {
            let isBetween = next > 0 && next < count
            func reach(_ other: Int64) -> Double {
                part.decay(over: TimeOrder.gap(other, time), isHalf: isBetween)
            }
            var value = part.variance * (next > 0 ? reach(timestamps[next - 1]) : 0)
            for k in stride(from: next - 1, through: 0, by: -1) {
                result[k] += value
                value *= decays[2 * k + component]
            }
            guard next < count else { continue }
            value = part.variance * reach(timestamps[next])
            for k in next..<count {
                result[k] += value
                if k + 1 < count { value *= decays[2 * (k + 1) + component] }
            }
        }
        return result
    }
}
