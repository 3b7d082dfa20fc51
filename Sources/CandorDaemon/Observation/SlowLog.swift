// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// The latest requests that took long, in memory, oldest overwritten first.
struct SlowLog {
    /// A request and when it ended, in seconds since 1970.
    struct Entry: Equatable {
        let request: FinishedRequest
        let time: Int
    }

    /// How many are kept: one reply's worth.
    static let capacity = 1000

    /// From when on a request has taken long.
    var thresholdNanoseconds: UInt64
    /// How many took long since the start, those no longer kept included.
    private(set) var total = 0
    private var entries: [Entry] = []

    /// Keeps requests that take at least `thresholdSeconds`.
    init(thresholdSeconds: Double) {
        thresholdNanoseconds = Self.nanoseconds(thresholdSeconds)
    }

    /// How many are kept.
    var count: Int { entries.count }

    /// Keeps a request if it took long; whether it did.
    ///
    /// Verbs that take long anyway are left out.
    mutating func note(_ request: FinishedRequest, at time: @autoclosure () -> Int) -> Bool {
        guard request.nanoseconds >= thresholdNanoseconds, !request.verb.specification.isLong
        else { return false }
        let entry = Entry(request: request, time: time())
        if entries.count < Self.capacity {
            entries.append(entry)
        } else {
            entries[total % Self.capacity] = entry
        }
        total += 1
        return true
    }

    /// The latest `limit` at most, newest first.
    func latest(_ limit: Int) -> [Entry] {
        (0..<min(limit, entries.count)).map { age in
            entries[(total - 1 - age) % Self.capacity]
        }
    }

    /// Seconds, as they are configured, in nanoseconds.
    static func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }
}
