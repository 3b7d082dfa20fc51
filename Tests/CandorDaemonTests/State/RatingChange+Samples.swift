// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Ratings
import Testing

extension RatingChange {
    /// A change from plain values.
    static func sample(
        _ user: String, _ item: String, _ rating: Float?, at timestampSeconds: Int64 = 1
    ) throws -> RatingChange {
        RatingChange(
            user: try #require(UserID(user)), item: try #require(ItemID(item)), rating: rating,
            timestampSeconds: timestampSeconds)
    }

    /// `count` different changes.
    static func samples(_ count: Int) throws -> [RatingChange] {
        try (0..<count).map { number in
            try sample(
                "user \(number % 7)", "item \(number)", Float(number % 5 + 1),
                at: Int64(number) * 10)
        }
    }
}
