// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension RatingScale {
    /// The range from the lowest to the highest of all values; traps when there is none.
    init(covering parts: [RatingColumns]) {
        self.init(
            lowest: parts.compactMap { $0.values.min() }.min(),
            highest: parts.compactMap { $0.values.max() }.max())
    }

    /// The range from the lowest to the highest of the values; traps when there is none.
    init(covering values: RatingValues) {
        // Because finished ratings are coded by exactly the values that occur.
        self.init(
            lowest: values.distinct.first ?? values.plain.min(),
            highest: values.distinct.last ?? values.plain.max())
    }

    private init(lowest: Float?, highest: Float?) {
        guard let lowest, let highest else { preconditionFailure("no ratings to cover") }
        self.init(minimum: lowest, maximum: highest)
    }
}
