// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Whether an answer still holds: whether the same line would get the same answer.
///
/// Looked at by whoever keeps answers; ended by the service, through a `ValidityOwner`.
public final class Validity: Sendable {
    private let isOver = Atomic<Bool>(false)

    /// Begins.
    public init() {}

    /// Whether it has not ended.
    public var holds: Bool { !isOver.load(ordering: .relaxed) }

    /// Ends it, for good.
    func end() { isOver.store(true, ordering: .relaxed) }
}
