// SPDX-License-Identifier: GPL-3.0-or-later

/// A mitigation at one strength: what it gained, what it cost, and whether that is acceptable.
public struct FrontierPoint: Sendable, Equatable {
    /// A number with its 95% interval.
    public struct Estimate: Sendable, Equatable {
        /// The number; NaN where it cannot be measured.
        public let value: Double
        /// The lower end.
        public let low: Double
        /// The upper end.
        public let high: Double
    }

    /// One measure, and how it differs from plain training for the same users.
    public struct Figure: Sendable, Equatable {
        /// What is measured.
        public let measure: FrontierMeasure
        /// How large it is.
        public let level: Estimate
        /// How much larger than without mitigation; the interval pairs the same resampled users.
        public let change: Estimate
    }

    /// What becomes of a point.
    public enum Status: String, Sendable {
        /// Training without mitigation.
        case plain
        /// The allowed point where the method's own gap is smallest.
        case chosen
        /// Acceptable, but another is better.
        case allowed
        /// Refused: the method's own gap did not fall.
        case noGain = "refused-no-gain"
        /// Refused: the gap in accuracy fell while the worst-off group lost.
        case levellingDown = "refused-levelling-down"
        /// Refused: accuracy over all users lost too much.
        case cost = "refused-cost"
    }

    /// The method's strength.
    public let strength: Double
    /// All measures.
    public let figures: [Figure]
    /// Whether the gap in accuracy fell while the worst-off group lost.
    public let levelsDown: Bool
    /// What becomes of it.
    public internal(set) var status: Status

    /// The figure of one measure.
    public func figure(_ measure: FrontierMeasure) -> Figure? {
        figures.first { $0.measure == measure }
    }
}
