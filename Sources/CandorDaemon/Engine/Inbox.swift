// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Synchronization

/// Where other threads leave results for the engine, which collects them on the loop's thread.
final class Inbox: Sendable {
    /// Something another thread has finished or got to.
    enum Item: Sendable {
        /// A progress line for a running request.
        case progress(Ticket, Progress)
        /// Something to do on the loop's thread that answers nobody.
        case step(@Sendable (Engine) -> Void)
        /// Work whose last step changes the engine's state and yields the answer.
        case finish(@Sendable (Engine) -> Delivery)
    }

    private let items = Mutex<[Item]>([])
    private let wake: @Sendable () -> Void

    /// `wake` is called after each post, on the posting thread.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Leaves items, in order.
    func post(_ new: [Item]) {
        items.withLock { $0 += new }
        wake()
    }

    /// Takes everything left so far.
    func take() -> [Item] {
        items.withLock { pending in
            let taken = pending
            pending.removeAll(keepingCapacity: true)
            return taken
        }
    }
}
