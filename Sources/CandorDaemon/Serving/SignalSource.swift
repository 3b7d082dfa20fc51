// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// The signals that govern a daemon, read as data: SIGTERM, SIGINT and SIGHUP.
///
/// Make one before any other thread starts: the signals are blocked in the thread that makes it
/// and in those started after; an older thread would still die of them.
public struct SignalSource: ~Copyable {
    private let source: Descriptor

    /// A signal of this source.
    enum Signal: Equatable {
        case terminate, hangUp
    }

    /// Blocks the signals and opens their source.
    public init() throws(ServingError) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] {
            sigaddset(&signals, signal)
        }
        let code = pthread_sigmask(SIG_BLOCK, &signals, nil)
        guard code == 0 else {
            throw ServingError.system(call: "pthread_sigmask", subject: "signals", code: code)
        }
        let number = signalfd(-1, &signals, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else { throw ServingError.last("signalfd", "signals") }
        source = Descriptor(owning: number)
    }

    /// What the loop watches.
    var descriptor: Int32 { source.number }

    /// The next signal that has arrived, or nil.
    func next() -> Signal? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(source.number, &information, size) == size else { return nil }
        return Int32(information.ssi_signo) == SIGHUP ? .hangUp : .terminate
    }
}
