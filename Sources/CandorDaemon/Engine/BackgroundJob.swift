// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Synchronization

/// One piece of long work on a thread of its own, cancellable.
final class BackgroundJob: Sendable {
    /// Whose request it is.
    let ticket: Ticket
    private let cancelled = Atomic<Bool>(false)
    private let thread = Mutex<WorkerThread?>(nil)

    /// Work for the request under `ticket`.
    init(for ticket: Ticket) { self.ticket = ticket }

    /// How urgent a job is.
    enum Urgency {
        /// Somebody waits for milliseconds of work: no less urgent than serving.
        case soon
        /// Work of seconds or more, at nice 10, so that serving goes first.
        case whenIdle
    }

    /// Starts `body` on a new thread; once only.
    ///
    /// The urgency is that of the threads it starts too. `body` should ask `isCancelled` at least a
    /// few times a second.
    func start(
        _ urgency: Urgency = .whenIdle, _ body: @escaping @Sendable (BackgroundJob) -> Void
    ) {
        let started = WorkerThread { [self] in
            if urgency == .whenIdle {
                // On Linux a nice value set for "this process" applies to the calling thread only.
                setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            }
            body(self)
        }
        thread.withLock { $0 = started }
    }

    /// Whether the work should stop without a result.
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Asks the work to stop.
    func cancel() { cancelled.store(true, ordering: .relaxed) }

    /// Waits until the work has ended; once only.
    func join() { thread.withLock { $0.take() }?.join() }
}
