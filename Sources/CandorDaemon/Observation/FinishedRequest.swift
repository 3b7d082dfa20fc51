// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// A request that has its answer, as those see it who count and time requests.
///
/// Holds no argument: who was asked about is nobody's business but the asker's.
public struct FinishedRequest: Sendable, Equatable {
    /// Which request of which connection.
    public let ticket: Ticket
    /// What was asked.
    public let verb: Verb
    /// From its arrival to its answer.
    public let nanoseconds: UInt64
    /// Why it was refused; nil when it was not.
    public let code: WireCode?
    /// The rows of its answer.
    public let rowCount: Int

    /// Whether the answer was one that had been given before and kept.
    public let isKept: Bool

    /// Joins the parts.
    public init(
        ticket: Ticket, verb: Verb, nanoseconds: UInt64, code: WireCode? = nil, rowCount: Int = 0,
        isKept: Bool = false
    ) {
        self.ticket = ticket
        self.verb = verb
        self.nanoseconds = nanoseconds
        self.code = code
        self.rowCount = rowCount
        self.isKept = isKept
    }

    /// A request that has been given `answer`.
    init(_ answer: Answer, ticket: Ticket, verb: Verb, nanoseconds: UInt64) {
        switch answer.response {
        case .success(let reply):
            self.init(
                ticket: ticket, verb: verb, nanoseconds: nanoseconds, rowCount: reply.rows.count)
        case .failure(let error):
            self.init(ticket: ticket, verb: verb, nanoseconds: nanoseconds, code: error.code)
        }
    }
}
