// SPDX-License-Identifier: GPL-3.0-or-later

/// An event as a client reads it; the kind may be one that this version does not know.
public struct ReceivedEvent: Sendable, Equatable {
    /// The tag of the WATCH that told it, without its `@`.
    public let tag: String?
    /// Counts all events since the daemon's start.
    public let number: Int
    /// The kind's name.
    public let kind: String
    /// The generation that served when it happened.
    public let generation: Int
    /// When it happened, in seconds since 1970.
    public let time: Int
    /// What else there is to say, in order.
    public let fields: [ReceivedReply.Field]

    /// Joins the parts.
    public init(
        tag: String? = nil, number: Int, kind: String, generation: Int, time: Int,
        fields: [ReceivedReply.Field] = []
    ) {
        self.tag = tag
        self.number = number
        self.kind = kind
        self.generation = generation
        self.time = time
        self.fields = fields
    }
}
