// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Session: events")
struct SessionWatchTests {
    private static func line(_ number: Int, _ text: String) -> String {
        "! \(number) generation generation=7 time=\(1000 + number) text=\(text)"
    }

    @Test("events come with the tag until the next line, which is answered after the watch")
    func untilNextLine() {
        let conversation = Conversation()
        conversation.send("@w WATCH generation\n")
        conversation.service.event("a")
        conversation.service.event("b")
        conversation.deliver()
        #expect(conversation.lines == ["@w " + Self.line(1, "a"), "@w " + Self.line(2, "b")])
        conversation.service.event("c")
        conversation.send("@p PING\n")
        conversation.deliver()
        #expect(
            conversation.lines.dropFirst(2) == [
                "@w " + Self.line(3, "c"), "@w OK 0 generation=7", "@p OK 0 generation=7",
            ])
        #expect(conversation.wantsInput)
    }

    @Test("any line ends a watch, also a refused one, and another WATCH begins anew")
    func anyLine() {
        let conversation = Conversation()
        conversation.send("WATCH\nNONSENSE\nWATCH\n")
        conversation.deliver()
        #expect(conversation.lines.count == 2)
        #expect(conversation.lines[1].hasPrefix("ERR 102"))
        conversation.service.event("a")
        conversation.deliver()
        #expect(conversation.lines.last == Self.line(1, "a"))
    }

    @Test("in JSON an event is an object with its fields as members")
    func json() {
        let conversation = Conversation()
        conversation.send("FORMAT json\n@w WATCH\n")
        conversation.service.event("a b")
        conversation.deliver()
        #expect(
            conversation.lines.last
                == #"{"protocol":1,"tag":"w","event":1,"kind":"generation","generation":7,"#
                + #""time":1001,"text":"a b"}"#)
    }

    @Test("a watcher that does not read misses events, is told how many, and hears on")
    func slowReader() {
        var options = ServingOptions.Session()
        options.outputBytesMax = 100
        let conversation = Conversation(options: options)
        conversation.receive(Array("WATCH\n".utf8))
        conversation.session.advance()
        for number in 1...10 { conversation.service.event("event-\(number)") }
        for delivery in conversation.service.collect() { conversation.session.deliver(delivery) }
        #expect(conversation.waitingBytes < 200)
        conversation.run()
        let told = conversation.lines.count
        #expect((1..<10).contains(told))
        conversation.run()
        #expect(
            conversation.lines.last
                == "! 10 missed generation=7 time=1010 count=\(10 - told)")
        conversation.service.event("later")
        conversation.deliver()
        #expect(conversation.lines.last == Self.line(11, "later"))
        #expect(conversation.lines.count == told + 2)
    }

    @Test("what was missed is told before the answer, even to who still does not read")
    func missedAtTheEnd() {
        var options = ServingOptions.Session()
        options.outputBytesMax = 10
        let conversation = Conversation(options: options)
        conversation.receive(Array("WATCH\n".utf8))
        conversation.session.advance()
        for number in 1...3 { conversation.service.event("\(number)") }
        let ticket = Ticket(connection: 1, sequence: 0)
        conversation.service.conclude(ticket)
        for delivery in conversation.service.collect() { conversation.session.deliver(delivery) }
        conversation.take()
        #expect(
            conversation.lines == [
                Self.line(1, "1"), "! 3 missed generation=7 time=1003 count=2",
                "OK 0 generation=7",
            ])
    }

    @Test("who has closed the sending half still hears, until the daemon drains")
    func halfClosed() {
        let conversation = Conversation()
        conversation.send("WATCH\n")
        conversation.session.receiveEnd()
        conversation.service.event("a")
        conversation.deliver()
        #expect(conversation.lines == [Self.line(1, "a")])
        #expect(!conversation.isFinished)
    }
}
