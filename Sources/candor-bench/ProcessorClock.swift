// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// How long a server has computed: unlike latency, hardly disturbed by what else the machine does.
enum ProcessorClock {
    /// The clock of the calling thread, readable from others.
    static func ofThisThread() -> clockid_t? {
        var clock = clockid_t()
        return pthread_getcpuclockid(pthread_self(), &clock) == 0 ? clock : nil
    }

    /// The clock of a process.
    static func ofProcess(_ processID: pid_t) -> clockid_t? {
        var clock = clockid_t()
        return clock_getcpuclockid(processID, &clock) == 0 ? clock : nil
    }
}
