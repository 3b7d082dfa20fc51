// SPDX-License-Identifier: GPL-3.0-or-later

/// One hidden part that ratings given one after the other have in common: a mood, a yardstick.
///
/// An autoregression of order one along a user's ratings in the order of time.
public struct SequenceComponent: Sendable, Equatable, Codable {
    /// Its stationary variance, relative to the noise of the user's average rating, 0…100.
    public var variance: Double
    /// The correlation from one rating to the next, 0…1.
    public var step: Double
    /// What that is multiplied by where the next rating is of another sitting: more than an hour
    /// later, 0…1.
    public var pause: Double

    /// A component; see the members for ranges.
    public init(variance: Double, step: Double, pause: Double) {
        self.variance = variance
        self.step = step
        self.pause = pause
    }

    /// The correlation of ratings in turn that `gap` parts; with `isHalf` half a step apart.
    func decay(over gap: TimeOrder.Gap, isHalf: Bool = false) -> Double {
        let reach = isHalf ? step.squareRoot() : step
        return switch gap {
        case .step: reach
        case .pause: reach * pause
        case .none: reach.squareRoot()
        }
    }
}
