// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Is true once.
final class Once: Sendable {
    private let isSpent = Mutex(false)

    /// Whether this is the first call.
    func isFirst() -> Bool {
        isSpent.withLock { isSpent in
            defer { isSpent = true }
            return !isSpent
        }
    }
}
