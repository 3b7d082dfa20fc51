// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// Where four of five ratings are expected to lie about a score.
struct PredictionInterval {
    /// The 90% quantile of the standard normal distribution.
    private static let quantile = 1.281_551_565_544_600_5

    /// The standard deviation of one rating about the score, in units of the scale, not limited.
    let deviation: Double
    /// The score less 1.28 deviations, limited to the scale.
    let low: Double
    /// The score and 1.28 deviations more, limited to the scale.
    let high: Double

    init(score: Double, deviation: Double, scale: RatingScale) {
        self.deviation = deviation
        low = scale.clamp(score - Self.quantile * deviation)
        high = scale.clamp(score + Self.quantile * deviation)
    }

    /// The fields of a reply.
    var fields: [Reply.Field] {
        [
            .init("deviation", .number(deviation)), .init("low", .number(low)),
            .init("high", .number(high)),
        ]
    }
}
