// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// One user's change of one rating: given, replaced or withdrawn.
public struct RatingChange: Sendable, Equatable {
    /// Who changed it; not necessarily a user of the data.
    public let user: UserID
    /// The item; not necessarily one of the catalogue.
    public let item: ItemID
    /// The new rating, or nil when it was withdrawn.
    public let rating: Float?
    /// When the user gave it, in seconds since 1970.
    public let timestampSeconds: Int64

    /// Describes a change; traps when the rating is not finite.
    public init(user: UserID, item: ItemID, rating: Float?, timestampSeconds: Int64) {
        // Because SQLite stores NaN as NULL, which would read as a withdrawal.
        precondition(rating?.isFinite ?? true, "a rating must be finite")
        self.user = user
        self.item = item
        self.rating = rating
        self.timestampSeconds = timestampSeconds
    }
}
