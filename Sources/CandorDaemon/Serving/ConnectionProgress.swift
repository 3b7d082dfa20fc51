// SPDX-License-Identifier: GPL-3.0-or-later

/// When a connection was last seen to do something, as far as sweeps have noticed.
struct ConnectionProgress {
    let connectedAt: UInt64
    /// Since when nothing has been asked and nothing is under way.
    private(set) var quietSince: UInt64
    /// Since when answers wait and none is taken; nil while none waits.
    private(set) var stuckSince: UInt64?
    private var requestCount = 0
    private var takenBytes = 0

    /// A connection that has just been opened.
    init(at now: UInt64) {
        connectedAt = now
        quietSince = now
    }

    /// Notes what the session has done since the last look.
    mutating func look(at session: borrowing Session, _ now: UInt64) {
        if !session.isQuiet || session.requestCount != requestCount { quietSince = now }
        requestCount = session.requestCount
        let taken = session.output.takenCount
        if session.output.isEmpty {
            stuckSince = nil
        } else if stuckSince == nil || taken != takenBytes {
            stuckSince = now
        }
        takenBytes = taken
    }
}
