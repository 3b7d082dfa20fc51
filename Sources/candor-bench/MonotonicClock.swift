// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Time that never steps, and the time that others have spent on a processor.
enum MonotonicClock {
    /// Nanoseconds since some moment before the process began.
    static func nanoseconds() -> UInt64 {
        nanoseconds(CLOCK_MONOTONIC)
    }

    /// Nanoseconds of a clock; 0 when what it belongs to has gone.
    static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// How many seconds `body` took, beside what it returned.
    static func seconds<R>(_ body: () throws -> R) rethrows -> (result: R, seconds: Double) {
        let start = nanoseconds()
        let result = try body()
        return (result, Double(nanoseconds() - start) / 1e9)
    }
}
