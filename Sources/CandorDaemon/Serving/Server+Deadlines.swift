// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

/// Connections that take too long are found by sweeps over all of them, several within each
/// time-out, instead of a timer for each: requests cost nothing more, and a connection is closed at
/// most an eighth of the time-out late.
extension Server {
    private static let sweepsPerTimeout = 8.0
    private static let sweepNanosecondsMin = 20_000_000.0

    /// Looks at every connection, closes those whose time is over, and says when to look again.
    func sweep() {
        let now = MonotonicClock.nanoseconds()
        for connection in Array(connections.all.values) {
            connection.progress.look(at: connection.session, now)
            if let error = overdue(connection, now) {
                dismiss(connection, error)
            } else if Self.isOver(options.writeSeconds, since: connection.progress.stuckSince, now)
            {
                log.notice(
                    "connection closed: its peer takes no answers",
                    metadata: ["connection": "\(connection.number)"])
                close(connection)
            }
        }
        nextSweepAt = connections.all.isEmpty ? nil : sweepInterval.map { now + $0 }
    }

    /// Counts a connection that has proven who it is among the others.
    func noteAdmission(_ connection: Connection) {
        guard connection.isCountedAsGuest, connection.session.role > .guest else { return }
        connection.isCountedAsGuest = false
        peerCounts.admit()
    }

    /// Why a connection's time is over, in words for its peer.
    private func overdue(_ connection: Connection, _ now: UInt64) -> WireError? {
        let progress = connection.progress
        if connection.isCountedAsGuest,
            Self.isOver(options.authenticationSeconds, since: progress.connectedAt, now)
        {
            return WireError(
                .authenticationOverdue,
                "no proof came in \(options.authenticationSeconds) s; connect again and send AUTH")
        }
        guard connection.session.isQuiet,
            Self.isOver(options.idleSeconds, since: progress.quietSince, now)
        else { return nil }
        return WireError(
            .idleTooLong, "nothing was asked for \(options.idleSeconds) s; connect again")
    }

    private func dismiss(_ connection: Connection, _ error: WireError) {
        log.debug(
            "connection dismissed",
            metadata: ["connection": "\(connection.number)", "error": "\(error.code.name)"])
        connection.session.dismiss(error)
        // Whoever does not take this line is not waited for.
        _ = connection.flush()
        close(connection)
    }

    /// The time between two sweeps; nil when there is nothing to look for.
    private var sweepInterval: UInt64? {
        let timeouts = [options.idleSeconds, options.writeSeconds, options.authenticationSeconds]
        guard let shortest = timeouts.filter({ $0 > 0 }).min() else { return nil }
        return UInt64(max(shortest * 1e9 / Self.sweepsPerTimeout, Self.sweepNanosecondsMin))
    }

    private static func isOver(_ seconds: Double, since start: UInt64?, _ now: UInt64) -> Bool {
        guard seconds > 0, let start else { return false }
        return now &- start >= UInt64(seconds * 1e9)
    }
}
