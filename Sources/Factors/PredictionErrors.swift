// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums over predictions and the ratings they were made for; an error is prediction − rating.
public struct PredictionErrors: Sendable, Equatable {
    /// The number of predictions.
    public private(set) var count = 0
    /// Σ error².
    public private(set) var squared = 0.0
    /// Σ |error|.
    public private(set) var absolute = 0.0
    /// Σ error: above 0 where the model promises too much.
    public private(set) var signed = 0.0
    /// Σ prediction.
    public private(set) var predicted = 0.0

    /// No prediction.
    public init() {}

    /// Adds one prediction.
    public mutating func add(prediction: Double, rating: Float) {
        let error = prediction - Double(rating)
        count += 1
        squared += error * error
        absolute += abs(error)
        signed += error
        predicted += prediction
    }

    /// The sums of both.
    public static func + (left: PredictionErrors, right: PredictionErrors) -> PredictionErrors {
        var sum = left
        sum.count += right.count
        sum.squared += right.squared
        sum.absolute += right.absolute
        sum.signed += right.signed
        sum.predicted += right.predicted
        return sum
    }

    /// The root of the mean squared error; NaN without predictions.
    public var rmse: Double { (squared / Double(count)).squareRoot() }
    /// The mean absolute error; NaN without predictions.
    public var mae: Double { absolute / Double(count) }
    /// The mean error; NaN without predictions.
    public var bias: Double { signed / Double(count) }
    /// The mean prediction; NaN without predictions.
    public var meanPrediction: Double { predicted / Double(count) }
    /// The mean of the ratings predicted; NaN without predictions.
    public var meanRating: Double { (predicted - signed) / Double(count) }
}
