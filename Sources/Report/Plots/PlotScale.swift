// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A range of numbers and where its axis puts them.
struct PlotScale: Sendable {
    let low: Double
    let high: Double
    let isLogarithmic: Bool

    /// A linear scale; one without extent is widened.
    init(_ low: Double, _ high: Double) {
        let hasExtent = high > low
        self.low = hasExtent ? low : low - 0.5
        self.high = hasExtent ? high : low + 0.5
        isLogarithmic = false
    }

    /// A logarithmic scale of positive numbers.
    init(logarithmic low: Double, _ high: Double) {
        precondition(low > 0, "a logarithmic scale begins above 0")
        self.low = low
        self.high = high > low ? high : low * 10
        isLogarithmic = true
    }

    /// The linear scale that holds `values` and begins and ends at ticks.
    init(holding values: [Double], ticks: Int = 5) {
        let finite = values.filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        let scale = PlotScale(low, high)
        let step = scale.step(ticks)
        self.init((scale.low / step).rounded(.down) * step, (scale.high / step).rounded(.up) * step)
    }

    /// Where `value` stands between the ends, 0…1, limited to them.
    func fraction(_ value: Double) -> Double {
        let fraction =
            isLogarithmic
            ? (log(max(value, low)) - log(low)) / (log(high) - log(low))
            : (value - low) / (high - low)
        return min(max(fraction, 0), 1)
    }

    /// Round numbers within the scale, about as many as wished for.
    ///
    /// Steps are 1, 2 or 5 times a power of ten; on a logarithmic scale the ticks themselves are
    /// powers of ten.
    func ticks(_ wished: Int) -> [Double] {
        if isLogarithmic {
            let first = Int(log10(low).rounded(.up))
            let last = Int((log10(high) + 1e-9).rounded(.down))
            return first <= last ? (first...last).map { pow(10, Double($0)) } : []
        }
        let step = step(wished)
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }

    /// How many decimals tell ticks apart.
    func decimals(_ wished: Int) -> Int {
        max(0, Int((-log10(step(wished)) - 1e-9).rounded(.up)))
    }

    private func step(_ wished: Int) -> Double {
        let raw = (high - low) / Double(max(1, wished))
        let power = pow(10, log10(raw).rounded(.down))
        for factor in [1.0, 2, 5] where factor * power >= raw * 0.999 { return factor * power }
        return 10 * power
    }
}
