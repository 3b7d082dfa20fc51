// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A user who is being forgotten while requests go on.
struct Forgetting {
    let user: UserID
    /// How many ratings counted when it began.
    let ratingCount: Int
    let job: BackgroundJob
    /// What was acknowledged of this user since it began.
    var later: [(sequence: Int64, change: RatingChange)] = []

    /// Remembers a change of this user's that was acknowledged; others do not matter.
    mutating func note(_ change: RatingChange, sequence: Int64) {
        if change.user == user { later.append((sequence, change)) }
    }
}
