// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Who watches for which events, and how many there have been.
struct EventFeed {
    private struct Watcher {
        let kinds: [EventKind]
        /// The events that were handed on to it.
        var eventCount = 0
    }

    /// How many events there have been since the start.
    private(set) var publishedCount = 0
    private var watchers: [Ticket: Watcher] = [:]

    /// The requests that watch.
    var tickets: [Ticket] { Array(watchers.keys) }

    /// Hands events of `kinds` on to a request from now on.
    mutating func add(_ ticket: Ticket, _ kinds: [EventKind]) {
        watchers[ticket] = Watcher(kinds: kinds)
    }

    /// Hands no more on to a request; returns how many events it was handed, or nil when it does
    /// not watch.
    mutating func remove(_ ticket: Ticket) -> Int? {
        watchers.removeValue(forKey: ticket)?.eventCount
    }

    /// Lets go of a connection that has gone.
    mutating func remove(connection: Int) {
        watchers = watchers.filter { $0.key.connection != connection }
    }

    /// Counts an event and returns for whom it is.
    mutating func publish(
        _ kind: EventKind, _ fields: [Reply.Field], generation: Int, at time: Int
    ) -> (event: Event, tickets: [Ticket]) {
        publishedCount += 1
        let event = Event(
            number: publishedCount, kind: kind, generation: generation, time: time,
            fields: fields)
        let tickets = watchers.filter { $0.value.kinds.contains(kind) }.map(\.key)
        for ticket in tickets { watchers[ticket]?.eventCount += 1 }
        return (event, tickets)
    }
}
