// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Something that threads wait at until it is opened, once and for good.
///
/// `@unchecked Sendable` because the condition guards the only variable.
final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen: Bool

    init(isOpen: Bool) { self.isOpen = isOpen }

    /// Returns once the gate is open.
    func pass() {
        condition.withLock {
            while !isOpen { condition.wait() }
        }
    }

    /// Lets everybody pass.
    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }
}
