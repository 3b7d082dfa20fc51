// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Panels that are made when they are first asked for, and then shared by all copies of a table.
final class LazyItemPanels: Sendable {
    private let made = AtomicLazyReference<ItemPanels>()

    /// The panels; two threads that ask at once may both make them, and both get the first ones.
    func value(_ make: () -> ItemPanels) -> ItemPanels {
        made.load() ?? made.storeIfNil(make())
    }
}
