// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension RatingScale {
    /// The range from the lowest to the highest of all values; traps when there is none.
    init(covering parts: [RatingColumns]) {
        let minimum = parts.compactMap { $0.values.min() }.min()
        let maximum = parts.compactMap { $0.values.max() }.max()
        guard let minimum, let maximum else { preconditionFailure("no ratings to cover") }
        self.init(minimum: minimum, maximum: maximum)
    }
}
