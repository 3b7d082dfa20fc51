// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// A request whose answer has not been rendered yet.
struct PendingRequest {
    /// What it was read from, where its answer comes later and may be kept.
    let line: [UInt8]?
    /// What the answer's lines echo and name.
    let tag: String?
    let verb: Verb?
    /// Whether the next request may begin before this one has its answer.
    let mayOverlap: Bool
    /// Whether it goes on until the next request arrives.
    let lastsUntilNext: Bool
    /// When it began, in the session's nanoseconds.
    let beganAt: UInt64
    /// The answer, once it has come, and the time it took.
    var answer: (Answer, microseconds: Int)?
}
