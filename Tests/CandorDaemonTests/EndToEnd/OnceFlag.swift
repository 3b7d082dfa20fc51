// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Something that is not so until it is.
final class OnceFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether it is so.
    var isSet: Bool { flag.load(ordering: .sequentiallyConsistent) }

    /// From now on it is so.
    func set() { flag.store(true, ordering: .sequentiallyConsistent) }
}
