// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("The slow log")
struct SlowLogTests {
    private func request(_ sequence: Int, nanoseconds: UInt64) -> FinishedRequest {
        FinishedRequest(
            ticket: Ticket(connection: 1, sequence: sequence), verb: .ping,
            nanoseconds: nanoseconds)
    }

    @Test("keeps the latest, newest first, however many there were")
    func wraps() {
        var log = SlowLog(thresholdSeconds: 0)
        let many = SlowLog.capacity * 2 + 3
        for sequence in 0..<many {
            let isKept = log.note(request(sequence, nanoseconds: 1), at: sequence)
            #expect(isKept)
        }
        #expect(log.total == many)
        #expect(log.count == SlowLog.capacity)
        #expect(log.latest(3).map(\.time) == [many - 1, many - 2, many - 3])
        #expect(
            log.latest(.max).map(\.request.ticket.sequence)
                == (many - SlowLog.capacity..<many).reversed())
    }

    @Test("a changed threshold counts from the next request on")
    func threshold() {
        var log = SlowLog(thresholdSeconds: 0.002)
        var kept = [log.note(request(0, nanoseconds: 1_999_999), at: 0)]
        kept.append(log.note(request(1, nanoseconds: 2_000_000), at: 0))
        log.thresholdNanoseconds = SlowLog.nanoseconds(1)
        kept.append(log.note(request(2, nanoseconds: 2_000_000), at: 0))
        #expect(kept == [false, true, false])
        #expect(log.latest(10).map(\.request.ticket.sequence) == [1])
    }
}
