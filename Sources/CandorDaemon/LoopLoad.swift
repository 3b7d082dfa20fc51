// SPDX-License-Identifier: GPL-3.0-or-later

/// How much the serving loop finds to do in one turn.
public struct LoopLoad: Sendable, Equatable {
    /// Sockets that were ready at once.
    public var ready: Int
    /// Connections that had more to do than one turn allows, and wait for the next.
    public var queued: Int

    /// Joins the counts.
    public init(ready: Int, queued: Int) {
        self.ready = ready
        self.queued = queued
    }
}
