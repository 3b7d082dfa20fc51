// SPDX-License-Identifier: GPL-3.0-or-later

/// A rating change on its way to the disk, and whom to tell.
struct PendingRating: Sendable {
    let ticket: Ticket
    let change: RatingChange
}
