// SPDX-License-Identifier: GPL-3.0-or-later

/// A neighbour of an item that a user has rated.
struct RatedNeighbour {
    /// Where the neighbour stands in the user's profile.
    let position: Int
    /// What of the rating's residual the item's score gains.
    let weight: Double
}
