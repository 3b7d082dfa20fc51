// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// Something that became ready outside the loop.
public enum Delivery: Sendable {
    /// A progress line for a request that is still running.
    case progress(Ticket, Progress)
    /// An event for a request that watches.
    case event(Ticket, Event)
    /// The answer to a request that was begun earlier.
    case answer(Ticket, Answer)

    /// The request that it is for.
    var ticket: Ticket {
        switch self {
        case .progress(let ticket, _), .event(let ticket, _), .answer(let ticket, _): ticket
        }
    }
}
