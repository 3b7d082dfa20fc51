// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

struct OutputBufferTests {
    @Test("bytes come out as they went in, whatever portions are sent", arguments: 1...7)
    func portions(portion: Int) {
        var buffer = OutputBuffer()
        var expected: [UInt8] = []
        var sent: [UInt8] = []
        for round in 0..<100 {
            let bytes = (0..<(round % 11)).map { UInt8($0 &+ round) }
            expected += bytes
            buffer.append { $0 += bytes }
            buffer.send { waiting in
                let taken = waiting.prefix(portion)
                sent += taken
                return taken.count
            }
            #expect(buffer.count == expected.count - sent.count)
        }
        while !buffer.isEmpty {
            buffer.send { waiting in
                sent += waiting.prefix(portion)
                return min(portion, waiting.count)
            }
        }
        #expect(sent == expected)
    }
}
