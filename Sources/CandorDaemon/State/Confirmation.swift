// SPDX-License-Identifier: GPL-3.0-or-later

/// By when a promotion must be confirmed, or else it is taken back.
public struct Confirmation: Sendable, Equatable {
    /// When it is taken back, in seconds since 1970.
    public let deadlineSeconds: Int
    /// How many seconds there were from the promotion on; at least 1.
    public let windowSeconds: Int

    /// A promotion at `nowSeconds` that waits for `windowSeconds`, at least 1 (traps otherwise).
    public init(windowSeconds: Int, nowSeconds: Int) {
        self.init(deadlineSeconds: nowSeconds + windowSeconds, windowSeconds: windowSeconds)
    }

    init(deadlineSeconds: Int, windowSeconds: Int) {
        precondition(windowSeconds >= 1, "a window of a second or more")
        self.deadlineSeconds = deadlineSeconds
        self.windowSeconds = windowSeconds
    }

    /// How many seconds are left; 0 or less when it is over.
    ///
    /// Never more than the whole window: a clock that was put back does not make it longer.
    public func secondsLeft(at nowSeconds: Int) -> Int {
        min(windowSeconds, deadlineSeconds - nowSeconds)
    }
}
