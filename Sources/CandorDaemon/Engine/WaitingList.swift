// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// A RECOMMEND that waits for those which arrive in the same turn of the loop.
struct WaitingList {
    let ticket: Ticket
    /// What the user is called.
    let token: String
    let user: ServedUser
    let count: Int
    let rank: HeadName
}
