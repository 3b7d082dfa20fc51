// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The mean and standard deviation of ratings, summed in order in Double.
struct RatingMoments: Sendable, Equatable {
    /// μ.
    let mean: Double
    /// σ, or 1 where all ratings are equal: nothing is left to explain then.
    let deviation: Double

    init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    /// Measures at least one rating.
    init(_ rows: SparseRows) {
        let count = Double(rows.count)
        let mean = rows.values.reduce(0.0) { $0 + Double($1) } / count
        let squares = rows.values.reduce(0.0) { sum, value in
            let difference = Double(value) - mean
            return sum + difference * difference
        }
        let deviation = (squares / count).squareRoot()
        self.init(mean: mean, deviation: deviation > 0 ? deviation : 1)
    }
}
