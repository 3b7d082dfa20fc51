// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Time that never steps, for measuring and for deadlines.
enum MonotonicClock {
    /// Nanoseconds since some moment before the process began.
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
