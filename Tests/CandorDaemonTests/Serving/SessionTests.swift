// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

struct SessionTests {
    @Test("the session speaks first and names the generation and the role")
    func greets() {
        let conversation = Conversation(role: .reader)
        conversation.session.greet(server: "candord/1")
        conversation.take()
        #expect(conversation.said == "CANDOR 1 candord/1 generation=7 role=reader\n")
    }

    @Test("replies come in the order of requests however the bytes are split and answers arrive")
    func everySplit() {
        let input = Array(
            """
            PREDICT 1 a\r
            @t1 RATE 1 b 4
            RATE 1 c 4
            RATE 1 missing-quote" 4
            @t2 RATE 1 d 4
            PREDICT 1 e
            RETRAIN
            PREDICT 1 missing
            FORMAT json
            PREDICT 1 f
            QUIT
            PREDICT 1 never

            """.utf8)
        let whole = Self.transcript([input[...]])
        #expect(whole.count(where: { $0 == "\n" }) == 11)
        #expect(whole.contains("item=e\nOK 0 generation=7\nERR 202 unknown-item"))
        #expect(whole.contains("@t2 OK 0 generation=7 rated=d\n"))
        #expect(!whole.contains("never"))
        for cut in 1..<input.count {
            #expect(Self.transcript([input[..<cut], input[cut...]]) == whole, "cut at \(cut)")
        }
        let bytes = input.indices.map { input[$0...$0] }
        #expect(Self.transcript(bytes) == whole)
    }

    /// What a session says to the pieces; deferred answers come newest first, after each piece.
    private static func transcript(_ pieces: [ArraySlice<UInt8>]) -> String {
        let conversation = Conversation()
        for piece in pieces {
            conversation.send(piece)
            while conversation.service.waitingCount > 0 {
                conversation.service.answerOne(newest: true)
                conversation.deliver()
            }
        }
        return conversation.said
    }

    @Test("RATEs begin before earlier ones are answered, and nothing else overtakes them")
    func overlap() {
        let conversation = Conversation()
        conversation.send("RATE 1 a 4\nRATE 1 b 4\nPREDICT 1 c\nRATE 1 d 4\n")
        #expect(conversation.service.begun.map(\.verb) == [.rate, .rate])
        #expect(!conversation.wantsInput)
        conversation.service.answerOne(newest: true)
        conversation.deliver()
        #expect(conversation.said == "")
        conversation.service.answerOne()
        conversation.deliver()
        #expect(
            conversation.lines == [
                "OK 0 generation=7 rated=a", "OK 0 generation=7 rated=b",
                "OK 0 generation=7 item=c",
            ])
        #expect(conversation.service.begun.map(\.verb) == [.rate, .rate, .predict, .rate])
        #expect(conversation.wantsInput)
    }

    @Test("a refused line waits for its turn behind requests under way")
    func refusalInOrder() {
        let conversation = Conversation()
        conversation.send("RATE 1 a 4\nNONSENSE\n")
        #expect(conversation.said == "")
        conversation.service.answerAll()
        conversation.deliver()
        #expect(conversation.lines.first == "OK 0 generation=7 rated=a")
        #expect(conversation.lines.last?.hasPrefix("ERR 102 unknown-verb") == true)
    }

    @Test("progress of the request in turn passes at once, later requests wait for its end")
    func progress() {
        let conversation = Conversation()
        conversation.send("@r RETRAIN\nPING\n")
        conversation.service.progress(0.25)
        conversation.deliver()
        #expect(conversation.said == "@r * 25.0 working\n")
        #expect(conversation.service.begun.map(\.verb) == [.retrain])
        conversation.service.answerAll()
        conversation.deliver()
        #expect(conversation.lines.dropFirst() == ["@r OK 0 generation=7", "OK 0 generation=7"])
    }

    @Test("FORMAT changes its own reply and all later ones")
    func format() {
        let conversation = Conversation()
        conversation.send("PING\nFORMAT json\nPING\n")
        #expect(conversation.lines.map { $0.first } == ["O", "{", "{"])
    }

    @Test("after QUIT nothing is begun and the session finishes once its reply is sent")
    func quit() {
        let conversation = Conversation()
        conversation.receive(Array("QUIT\nPING\n".utf8))
        conversation.session.advance()
        #expect(!conversation.isFinished)
        #expect(!conversation.wantsInput)
        conversation.run()
        #expect(conversation.said == "OK 0 generation=7\n")
        #expect(conversation.isFinished)
        #expect(conversation.leavesInputUnread)
        #expect(conversation.service.begun == [.quit])
    }

    @Test(
        "a line that cannot be trusted is refused after what is under way, and closes",
        arguments: [
            ("x", 5000, "ERR 106 line-too-long"), ("GET / HTTP/1.1", 1, "ERR 109 http-refused"),
        ])
    func closingErrors(text: String, count: Int, refusal: String) {
        let line = String(repeating: text, count: count)
        let conversation = Conversation()
        conversation.send("RATE 1 a 4\n\(line)\nPING\n")
        #expect(!conversation.isFinished)
        conversation.service.answerAll()
        conversation.deliver()
        #expect(conversation.lines.count == 2)
        #expect(conversation.lines.last?.hasPrefix(refusal) == true)
        #expect(conversation.isFinished)
        #expect(conversation.service.begun.map(\.verb) == [.rate])
    }

    @Test("a reader that lags stops requests from being begun, and none is lost")
    func outputBound() {
        var options = ServingOptions.Session()
        options.outputBytesMax = 100
        let conversation = Conversation(options: options)
        let request = "PREDICT 1 item\n"
        conversation.receive(Array(String(repeating: request, count: 20).utf8))
        conversation.session.advance()
        let reply = "OK 0 generation=7 item=item\n"
        #expect(conversation.service.begun.count == 100 / reply.utf8.count + 1)
        #expect(!conversation.wantsInput)
        #expect(!conversation.canAdvance)
        conversation.take(limit: reply.utf8.count * 2)
        #expect(conversation.canAdvance)
        conversation.run()
        #expect(conversation.said == String(repeating: reply, count: 20))
        #expect(conversation.wantsInput)
    }

    @Test("only so many requests wait for their answers")
    func pendingBound() {
        var options = ServingOptions.Session()
        options.pipelinedRequestsMax = 3
        let conversation = Conversation(options: options)
        conversation.send(String(repeating: "RATE 1 a 4\n", count: 5))
        #expect(conversation.service.waitingCount == 3)
        #expect(!conversation.wantsInput)
        conversation.service.answerOne()
        conversation.deliver()
        #expect(conversation.service.begun.count == 4)
        while conversation.service.waitingCount > 0 {
            conversation.service.answerAll()
            conversation.deliver()
        }
        #expect(conversation.lines.count == 5)
        #expect(conversation.wantsInput)
    }

    @Test("progress is dropped, not heaped up, for a reader that lags")
    func progressBound() {
        var options = ServingOptions.Session()
        options.outputBytesMax = 30
        let conversation = Conversation(options: options)
        conversation.send("RETRAIN\n")
        for _ in 0..<100 { conversation.service.progress(0.5) }
        for delivery in conversation.service.collect() { conversation.session.deliver(delivery) }
        #expect(conversation.waitingBytes == 2 * "* 50.0 working\n".utf8.count + 15)
    }

    @Test("after the peer's last byte everything asked is answered, an unfinished line is not")
    func halfClose() {
        let conversation = Conversation()
        conversation.receive(Array("RATE 1 a 4\nPING\nPING".utf8))
        conversation.session.receiveEnd()
        conversation.run()
        #expect(!conversation.isFinished)
        #expect(!conversation.wantsInput)
        conversation.service.answerAll()
        conversation.deliver()
        #expect(conversation.lines.count == 2)
        #expect(conversation.isFinished)
        #expect(!conversation.leavesInputUnread)
    }

    @Test("a drain answers what has begun and refuses what comes after")
    func drain() {
        let conversation = Conversation()
        conversation.send("RATE 1 a 4\nPING\n")
        conversation.receive(Array("RETRAIN\n".utf8))
        conversation.session.drain()
        conversation.run()
        #expect(!conversation.isFinished)
        #expect(!conversation.wantsInput)
        conversation.service.answerAll()
        conversation.deliver()
        #expect(conversation.lines.count == 3)
        #expect(conversation.lines.first == "OK 0 generation=7 rated=a")
        #expect(conversation.lines.dropFirst().allSatisfy { $0.hasPrefix("ERR 404 shutting-down") })
        #expect(conversation.service.begun.map(\.verb) == [.rate])
        #expect(conversation.isFinished)
    }

    @Test("a turn ends after so many requests or so much time, and the next goes on")
    func turns() {
        var options = ServingOptions.Session()
        options.requestsPerTurnMax = 4
        options.nanosecondsPerTurnMax = 1000
        let conversation = Conversation(options: options)
        conversation.receive(Array(String(repeating: "PING\n", count: 10).utf8))
        conversation.session.advance()
        #expect(conversation.service.begun.count == 4)
        #expect(conversation.canAdvance)
        conversation.clock.step = 1000
        conversation.session.advance()
        #expect(conversation.service.begun.count == 5)
        #expect(conversation.canAdvance)
        conversation.run()
        #expect(conversation.service.begun.count == 10)
    }

    @Test("every request is reported with its time and why it was refused")
    func records() {
        func ticket(_ sequence: Int) -> Ticket { Ticket(connection: 1, sequence: sequence) }
        let conversation = Conversation(role: .writer)
        conversation.clock.step = 2000
        conversation.send("PREDICT 1 missing\n")
        conversation.send("RETRAIN\nNONSENSE\n")
        conversation.clock.step = 0
        conversation.send("RATE 1 a 4\n")
        conversation.clock.nanoseconds += 5_000_000
        conversation.service.answerAll()
        conversation.deliver()
        #expect(
            conversation.service.records == [
                FinishedRequest(
                    ticket: ticket(0), verb: .predict, nanoseconds: 2000, code: .unknownItem),
                FinishedRequest(
                    ticket: ticket(1), verb: .retrain, nanoseconds: 2000, code: .notPermitted),
                FinishedRequest(ticket: ticket(3), verb: .rate, nanoseconds: 5_000_000),
            ])
    }

    @Test("an answer says which generation it came from, whichever serves by then")
    func generation() {
        let conversation = Conversation()
        conversation.send("RATE 1 a 4\n")
        conversation.service.answerAll()
        conversation.service.swapGeneration()
        conversation.deliver()
        conversation.send("PING\n")
        #expect(conversation.lines == ["OK 0 generation=7 rated=a", "OK 0 generation=8"])
    }

    @Test("asking the daemon to stop is passed on")
    func shutdown() {
        let conversation = Conversation()
        #expect(!conversation.wantsDaemonToStop)
        conversation.send("SHUTDOWN\n")
        #expect(conversation.wantsDaemonToStop)
    }
}
