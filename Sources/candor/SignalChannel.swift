// SPDX-License-Identifier: GPL-3.0-or-later

internal import CSystem
internal import Glibc

/// Receives signals as readable bytes, so that waiting code can wait for them too.
///
/// From its making on the signals are blocked for the calling thread and whatever it starts; a
/// child process that should react to them as usual must be started with an empty mask.
final class SignalChannel {
    /// Readable while a signal is waiting.
    let descriptor: Int32

    /// Takes over `signals`.
    init(_ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        sigprocmask(SIG_BLOCK, &set, nil)
        descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        precondition(descriptor >= 0, "a signalfd needs only a free descriptor and a valid mask")
    }

    deinit { close(descriptor) }

    /// The number of the next waiting signal, or nil when there is none.
    func take() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &info, size) == size else { return nil }
        return Int32(info.ssi_signo)
    }

    /// Waits until a signal comes or `seconds` have passed, and takes it.
    func wait(seconds: Double) -> Int32? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, Int32(seconds * 1000))
        return take()
    }
}
