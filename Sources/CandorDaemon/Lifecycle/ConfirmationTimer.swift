// SPDX-License-Identifier: GPL-3.0-or-later

/// Says when the time to confirm a promotion is over.
///
/// It is over when the system's clock has reached the deadline, which a restart remembers, or when
/// as much time has passed, whatever becomes of the clock.
final class ConfirmationTimer {
    private static let stepMilliseconds = 100
    private static let repeatMilliseconds = 1000

    private let cancelled = Semaphore()
    private let thread: WorkerThread

    /// Calls `due` on a thread of its own once the time is over, and every second from then on.
    init(_ confirmation: Confirmation, clock: Clock, due: @escaping @Sendable () -> Void) {
        let seconds = UInt64(max(0, confirmation.secondsLeft(at: clock.now())))
        let end = MonotonicClock.nanoseconds() + seconds * 1_000_000_000
        thread = WorkerThread { [cancelled] in
            while clock.now() < confirmation.deadlineSeconds, MonotonicClock.nanoseconds() < end {
                guard !cancelled.wait(milliseconds: Self.stepMilliseconds) else { return }
            }
            repeat { due() } while !cancelled.wait(milliseconds: Self.repeatMilliseconds)
        }
    }

    /// Ends it; `due` is not called any more after the return.
    deinit {
        cancelled.signal()
        thread.join()
    }
}
