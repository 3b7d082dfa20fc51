// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A counting semaphore between threads.
final class Semaphore: @unchecked Sendable {
    // Because POSIX makes every sem_* call safe from any thread, and the pointer never changes.
    private let handle: UnsafeMutablePointer<sem_t>

    /// A semaphore at 0.
    init() {
        handle = .allocate(capacity: 1)
        let code = sem_init(handle, 0, 0)
        precondition(code == 0, "sem_init fails only for wrong arguments")
    }

    deinit {
        sem_destroy(handle)
        handle.deallocate()
    }

    /// Adds one.
    func signal() { sem_post(handle) }

    /// Waits until there is one and takes it.
    func wait() {
        while sem_wait(handle) != 0 && errno == EINTR {}
    }

    /// Waits for at most `milliseconds`; true when there was one, which is taken.
    func wait(milliseconds: Int) -> Bool {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = end.tv_nsec + milliseconds % 1000 * 1_000_000
        end.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        while sem_timedwait(handle, &end) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
