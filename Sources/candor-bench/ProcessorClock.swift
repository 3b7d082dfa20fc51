// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// How long a server has computed: unlike latency, hardly disturbed by what else the machine does.
enum ProcessorClock {
    /// The clock of a process.
    static func ofProcess(_ processID: pid_t) -> clockid_t? {
        var clock = clockid_t()
        return clock_getcpuclockid(processID, &clock) == 0 ? clock : nil
    }
}
