// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Where the engine reads the time: injected, so that answers in tests do not depend on it.
public struct Clock: Sendable {
    /// Seconds since 1970, by a clock that somebody may set: for what is told and kept.
    public let now: @Sendable () -> Int
    /// Seconds since some moment, by a clock that nobody sets: for how long something takes.
    public let steady: @Sendable () -> Int

    /// A clock that asks `now`, also for durations unless it has `steady` to ask.
    public init(
        now: @escaping @Sendable () -> Int, steady: (@Sendable () -> Int)? = nil
    ) {
        self.now = now
        self.steady = steady ?? now
    }

    /// The system's clocks.
    public static let system = Clock(
        now: { time(nil) }, steady: { MonotonicClock.seconds() })
}
