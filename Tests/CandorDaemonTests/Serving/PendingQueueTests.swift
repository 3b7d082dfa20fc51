// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

struct PendingQueueTests {
    private static func request(_ tag: Int) -> PendingRequest {
        PendingRequest(
            line: nil, tag: "\(tag)", verb: .rate, mayOverlap: true, lastsUntilNext: false,
            beganAt: 0, answer: nil)
    }

    @Test("requests leave in the order they came, whatever the order of their answers")
    func order() {
        var queue = PendingQueue()
        var left: [String] = []
        for round in 0..<50 {
            let first = queue.nextSequence
            for offset in 0..<3 { queue.append(Self.request(round * 3 + offset)) }
            for offset in [2, 0, 1] {
                let isKnown = queue.update(first + offset) { request in
                    request.answer = (Answer(.success(Reply()), generation: 1), microseconds: 0)
                }
                #expect(isKnown)
                while let answered = queue.popAnswered() { left.append(answered.tag ?? "") }
            }
        }
        #expect(left == (0..<150).map(String.init))
        #expect(queue.isEmpty)
    }

    @Test("numbers of requests that have left or not come are unknown")
    func unknown() {
        var queue = PendingQueue()
        queue.skip()
        queue.append(Self.request(1))
        let before = queue.update(0) { _ in }
        let itself = queue.update(1) { _ in }
        let after = queue.update(2) { _ in }
        #expect([before, itself, after] == [false, true, false])
        #expect(queue.isHeadUnanswered(1))
    }
}
