// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Events that were left out because a watcher did not read.
///
/// A class for the same reason as `HeldLine`: a session mostly has none, and an event is large.
final class MissedEvents {
    let count: Int
    let last: Event

    /// So many, of which `last` came last.
    init(count: Int, last: Event) {
        self.count = count
        self.last = last
    }
}
