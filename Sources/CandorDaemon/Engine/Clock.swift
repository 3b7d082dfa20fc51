// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Where the engine reads the time: injected, so that answers in tests do not depend on it.
public struct Clock: Sendable {
    /// Seconds since 1970.
    public let now: @Sendable () -> Int

    /// A clock that asks `now`.
    public init(now: @escaping @Sendable () -> Int) { self.now = now }

    /// The system's clock.
    public static let system = Clock { time(nil) }
}
