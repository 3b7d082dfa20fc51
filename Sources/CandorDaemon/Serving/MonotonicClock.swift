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

    /// The same in whole seconds, late by a few milliseconds at most and far cheaper to ask.
    static func seconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return time.tv_sec
    }
}
