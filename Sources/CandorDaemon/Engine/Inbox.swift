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
        /// An event for a request that watches.
        case event(Ticket, Event)
        /// Work whose last step changes the engine's state and yields the answer.
        case finish(@Sendable (Engine) -> Delivery)
    }

    private struct Contents {
        var items: [Item] = []
        var depthMax = 0
    }

    private let contents = Mutex(Contents())
    private let wake: @Sendable () -> Void

    /// `wake` is called after each post, on the posting thread.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// How much lies here now, and the most that ever did.
    var depths: (now: Int, most: Int) { contents.withLock { ($0.items.count, $0.depthMax) } }

    /// Leaves items, in order.
    func post(_ new: [Item]) {
        contents.withLock { contents in
            contents.items += new
            contents.depthMax = max(contents.depthMax, contents.items.count)
        }
        wake()
    }

    /// Takes everything left so far.
    func take() -> [Item] {
        contents.withLock { contents in
            let taken = contents.items
            contents.items.removeAll(keepingCapacity: true)
            return taken
        }
    }
}
