// SPDX-License-Identifier: GPL-3.0-or-later

extension CounterRandom {
    /// A source of its own for one purpose: what `counter` draws here seeds it.
    public func source(_ counter: UInt64) -> CounterRandom {
        CounterRandom(seed: bits(counter))
    }

    /// A number of the gamma distribution with this shape ≥ 1 and scale 1; uses up the source.
    ///
    /// Marsaglia & Tsang 2000, "A simple method for generating gamma variables": rejection from a
    /// transformed normal, about 1.05 attempts.
    public func gamma(shape: Double) -> Double {
        precondition(shape >= 1, "a gamma shape below 1")
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        var attempt: UInt64 = 0
        while true {
            let x = normal(2 * attempt)
            let root = 1 + c * x
            if root > 0 {
                let v = root * root * root
                // The smallest uniform number keeps the logarithm finite.
                let u = max(uniform(2 * attempt + 1), 0x1p-53)
                // Their squeeze: what it accepts the logarithms would accept too.
                if u < 1 - 0.0331 * (x * x) * (x * x) { return d * v }
                let bound = 0.5 * x * x + d - d * v + d * Self.naturalLogarithm(v)
                if Self.naturalLogarithm(u) < bound { return d * v }
            }
            attempt += 1
        }
    }
}
