// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings
public import Trust

/// What ratings were in the mean where a model predicted so and so many stars.
public struct CalibrationCurve: Sendable, Equatable {
    /// Predictions that lie close together.
    public struct Bin: Sendable, Equatable {
        /// How many.
        public let count: Int
        /// The mean of the predictions.
        public let predicted: Double
        /// The mean of the ratings they were made for.
        public let actual: Double
        /// The standard error of that mean, had all ratings been of different users.
        public let error: Double
    }

    /// The bins by ascending prediction; those of fewer predictions than `countMin` are left out.
    public let bins: [Bin]

    /// The fewest predictions that a bin is shown for.
    public static let countMin = 50

    /// Sorts all predictions into `count` bins of equal width over `scale`, in O(ratings).
    public init(_ measurements: HeldOutMeasurements, scale: RatingScale, count: Int = 16) {
        var sums = [(count: Int, predicted: Double, actual: Double, squares: Double)](
            repeating: (0, 0, 0, 0), count: count)
        let (low, extent) = (Double(scale.minimum), Double(scale.maximum - scale.minimum))
        for user in measurements.users {
            for (rating, error) in zip(user.ratings, user.errors) {
                let (actual, predicted) = (Double(rating), Double(rating) + error)
                let place = extent > 0 ? Int((predicted - low) / extent * Double(count)) : 0
                let bin = min(max(place, 0), count - 1)
                sums[bin].count += 1
                sums[bin].predicted += predicted
                sums[bin].actual += actual
                sums[bin].squares += actual * actual
            }
        }
        bins = sums.filter { $0.count >= Self.countMin }.map { sum in
            let n = Double(sum.count)
            let mean = sum.actual / n
            let variance = max(0, sum.squares / n - mean * mean)
            return Bin(
                count: sum.count, predicted: sum.predicted / n, actual: mean,
                error: (variance / n).squareRoot())
        }
    }

    /// The largest difference between what was predicted and what came, over all bins shown.
    public var largestError: Double {
        bins.map { abs($0.predicted - $0.actual) }.max() ?? .nan
    }
}
