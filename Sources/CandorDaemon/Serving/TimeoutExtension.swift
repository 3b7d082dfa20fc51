// SPDX-License-Identifier: GPL-3.0-or-later

/// Asks the service manager for patience, again and again, until it is stopped.
///
/// A service manager kills a service that takes longer to stop than its unit says. What has to be
/// finished before (a user who is being forgotten, the last changes of ratings) may take longer on
/// large data. Whoever hangs is not waited for: after ten minutes it asks no more.
public final class TimeoutExtension {
    private static let interval = 5
    /// Three times the interval, so that a busy machine does not matter.
    private static let seconds = 3 * interval
    private static let asksMax = 600 / interval

    private let end = Semaphore()
    private let thread: WorkerThread

    /// Begins to ask; `reason` is what people are told meanwhile.
    public init(_ notifier: ServiceNotifier, reason: String) {
        let end = end
        notifier.notify(.status(reason), .extendTimeout(seconds: Self.seconds))
        thread = WorkerThread {
            for _ in 0..<Self.asksMax {
                guard !end.wait(seconds: Self.interval) else { return }
                notifier.notify(.extendTimeout(seconds: Self.seconds))
            }
        }
    }

    /// Asks no more; once only.
    public func stop() {
        end.signal()
        thread.join()
    }
}
