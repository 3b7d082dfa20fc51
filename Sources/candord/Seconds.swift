// SPDX-License-Identifier: GPL-3.0-or-later

/// Durations as numbers of seconds.
enum Seconds {
    /// The time since `start`.
    static func since(_ start: ContinuousClock.Instant) -> Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
}
