// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

@testable import CandorDaemon

/// A clock that stands still until the test puts it forward.
final class SteeredClock: Sendable {
    private let seconds: Atomic<Int>

    init(_ seconds: Int) { self.seconds = Atomic(seconds) }

    /// What an engine asks.
    var clock: Clock { Clock { [self] in seconds.load(ordering: .relaxed) } }

    /// Puts the clock forward.
    func advance(seconds count: Int) { seconds.add(count, ordering: .relaxed) }
}
