// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A thread of its own for work that waits for the disk.
struct WorkerThread: Sendable {
    private let handle: pthread_t

    /// Starts `body` on a new thread.
    ///
    /// The thread takes no signals: they are for the thread that handles them.
    init(_ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body))
        var all = sigset_t()
        var earlier = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &earlier)
        var created = pthread_t()
        let code = pthread_create(&created, nil, threadMain, start.toOpaque())
        pthread_sigmask(SIG_SETMASK, &earlier, nil)
        precondition(code == 0, "cannot start a thread: \(String(cString: strerror(code)))")
        handle = created
    }

    /// Waits until the thread has ended; once only.
    func join() { pthread_join(handle, nil) }

    /// What a new thread is given.
    fileprivate final class Start {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

/// Where a new thread begins; a plain function, because a closure could inherit an isolation
/// that is checked at run time.
private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<WorkerThread.Start>.fromOpaque(argument).takeRetainedValue().body()
    return nil
}
