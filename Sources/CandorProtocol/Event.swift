// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that happened in the daemon, as those are told who WATCH.
///
/// Holds nothing of any user.
public struct Event: Sendable, Equatable {
    /// Counts all events since the daemon's start from 1, also those that nobody watched for.
    public let number: Int
    /// What it is about.
    public let kind: EventKind
    /// The generation that served when it happened.
    public let generation: Int
    /// When it happened, in seconds since 1970.
    public let time: Int
    /// What else there is to say.
    public let fields: [Reply.Field]

    /// Joins the parts.
    public init(
        number: Int, kind: EventKind, generation: Int, time: Int, fields: [Reply.Field] = []
    ) {
        self.number = number
        self.kind = kind
        self.generation = generation
        self.time = time
        self.fields = fields
    }

    /// Says that `count` events were left out, of which this was the last.
    public func missed(count: Int) -> Event {
        Event(
            number: number, kind: .missed, generation: generation, time: time,
            fields: [.init("count", .integer(count))])
    }
}
