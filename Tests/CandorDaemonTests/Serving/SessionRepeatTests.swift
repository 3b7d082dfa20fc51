// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Session: lines that come again")
struct SessionRepeatTests {
    private let conversation = Conversation()
    private var service: FakeService { conversation.service }

    @Test("an answer that holds is given again without asking, with each request's own tag")
    func repeated() {
        service.hold()
        conversation.send("PREDICT 1 a\nPREDICT 1 a\n@t PREDICT 1 a\n@u PREDICT 1 b\nPREDICT 1 b\n")
        #expect(
            conversation.lines == [
                "OK 0 generation=7 item=a", "OK 0 generation=7 item=a",
                "@t OK 0 generation=7 item=a", "@u OK 0 generation=7 item=b",
                "OK 0 generation=7 item=b",
            ])
        #expect(service.begun.count == 2)
        #expect(service.records.map(\.verb) == Array(repeating: .predict, count: 5))
        #expect(service.records.map(\.isKept) == [false, true, true, false, true])
        #expect(service.records.map(\.ticket.sequence) == Array(0..<5))
    }

    @Test("an answer that came later is kept as well, for as long as it holds")
    func later() {
        service.hold()
        service.delay()
        conversation.send("@t PREDICT 1 a\n")
        service.answerAll()
        conversation.deliver()
        conversation.send("@u PREDICT 1 a\nPREDICT 1 a\n")
        #expect(
            conversation.lines == [
                "@t OK 0 generation=7 item=a", "@u OK 0 generation=7 item=a",
                "OK 0 generation=7 item=a",
            ])
        #expect(service.begun.count == 1)
        service.hold()
        conversation.send("PREDICT 1 a\n")
        #expect(service.begun.count == 2)
    }

    @Test("what does not hold any more is asked anew")
    func changed() {
        service.hold()
        conversation.send("PREDICT 1 a\n")
        service.swapGeneration()
        service.hold()
        conversation.send("PREDICT 1 a\n")
        #expect(conversation.lines.last == "OK 0 generation=8 item=a")
        #expect(service.begun.count == 2)
    }

    @Test("nothing is repeated in JSON, behind a waiting request, in a drain, or that was refused")
    func notRepeated() {
        service.hold()
        conversation.send("PREDICT 1 a\nPREDICT 1 missing\nPREDICT 1 missing\n")
        #expect(service.begun.count == 3)
        conversation.send("RATE 1 a 4\nPREDICT 1 a\n")
        service.answerAll()
        conversation.deliver()
        #expect(
            conversation.lines.suffix(2) == [
                "OK 0 generation=7 rated=a", "OK 0 generation=7 item=a",
            ])
        conversation.send("FORMAT json\nPREDICT 1 a\n")
        #expect(conversation.lines.last?.hasPrefix("{") == true)
        #expect(service.begun.filter { $0.verb == .predict }.count >= 4)
        conversation.send("FORMAT text\n")
        conversation.receive(Array("PREDICT 1 a\n".utf8))
        conversation.session.drain()
        conversation.run()
        #expect(conversation.lines.last?.hasPrefix("ERR 404") == true)
    }

    @Test("pipelined in any split, repeated lines give the bytes that asking would")
    func everySplit() {
        let input = Array(
            String(repeating: "PREDICT 1 a\n@x PREDICT 1 b\r\nPREDICT 1 a\nNONSENSE\n", count: 3)
                .utf8)
        let plain = Conversation()
        plain.send(input)
        for cut in 1..<input.count {
            let conversation = Conversation()
            conversation.service.hold()
            conversation.send(input[..<cut])
            conversation.send(input[cut...])
            #expect(conversation.said == plain.said, "cut at \(cut)")
            #expect(conversation.service.records.count == plain.service.records.count)
        }
    }
}
