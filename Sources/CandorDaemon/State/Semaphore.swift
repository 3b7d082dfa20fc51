// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
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

    /// Waits so many seconds at most; whether there was one.
    func wait(seconds: Int) -> Bool { wait(milliseconds: seconds * 1000) }

    /// Waits so many milliseconds at most; whether there was one.
    func wait(milliseconds: Int) -> Bool {
        candor_semaphore_wait(handle, Int32(milliseconds)) == 0
    }
}
