// SPDX-License-Identifier: GPL-3.0-or-later

/// The range of rating values that a data set uses.
public struct RatingScale: Sendable, Equatable {
    /// The lowest rating.
    public let minimum: Float
    /// The highest rating.
    public let maximum: Float

    /// A scale from `minimum` to `maximum`; traps unless both are finite and ascend or are equal.
    public init(minimum: Float, maximum: Float) {
        precondition(minimum.isFinite && maximum.isFinite && minimum <= maximum)
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Whether `value` lies on the scale, ends included; NaN does not.
    public func contains(_ value: Float) -> Bool { value >= minimum && value <= maximum }

    /// `value` limited to the scale.
    public func clamp(_ value: Double) -> Double {
        min(max(value, Double(minimum)), Double(maximum))
    }

    /// Where `value` stands between the ends, 0…1; 1 on a scale of a single value.
    public func fraction(of value: Float) -> Float {
        maximum > minimum ? (value - minimum) / (maximum - minimum) : 1
    }

    /// The lowest rating that counts as liked: three quarters up the scale (4 of 1…5).
    public var relevanceThreshold: Float { minimum + 0.75 * (maximum - minimum) }
}
