// SPDX-License-Identifier: GPL-3.0-or-later

extension BayesianOptions {
    /// `sweeps`; setting it also limits the burn-in to half of them, so that there is something to
    /// keep.
    public var sweepCount: Int {
        get { sweeps }
        set {
            sweeps = newValue
            burnIn = min(burnIn, newValue / 2)
        }
    }
}
