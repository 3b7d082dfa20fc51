// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// Something that became ready outside the loop.
public enum Delivery: Sendable {
    /// A progress line for a request that is still running.
    case progress(Ticket, Progress)
    /// The answer to a request that was begun earlier.
    case answer(Ticket, Answer)
}
