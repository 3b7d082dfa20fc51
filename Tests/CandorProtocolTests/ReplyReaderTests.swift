// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct ReplyReaderTests {
    private func events(_ stream: String, replyBytesMax: Int = 1000) -> [ReplyReader.Event] {
        var reader = ReplyReader(replyBytesMax: replyBytesMax)
        reader.append(Array(stream.utf8))
        var events: [ReplyReader.Event] = []
        while let event = reader.next() { events.append(event) }
        return events
    }

    @Test("a session reads as its events, split at every byte")
    func session() {
        let stream = """
            CANDOR 1 candord/0.1.0 generation=1 role=operator
            OK 0 generation=1
            @a OK 2 generation=1 source=personal note="a \\"b\\"" columns=item,title
             1\tToy Story (1995)
             2\t-
            ERR 201 unknown-user no user "x"
            @b * 41.5 ranking head
            @w ! 17 retrain generation=1 time=1800000000 state=progress step="ranking head" x=-
            {"protocol":1}

            """
        let expected: [ReplyReader.Event] = [
            .greeting(Greeting(server: "candord/0.1.0", generation: 1, role: .operator)),
            .reply(ReceivedReply(generation: 1)),
            .reply(
                ReceivedReply(
                    tag: "a", generation: 1,
                    fields: [.init("source", "personal"), .init("note", "a \"b\"")],
                    columns: ["item", "title"], rows: [["1", "Toy Story (1995)"], ["2", nil]])),
            .error(ReceivedError(code: 201, name: "unknown-user", message: "no user \"x\"")),
            .progress(tag: "b", Progress(fraction: 0.415, stage: "ranking head")),
            .event(
                ReceivedEvent(
                    tag: "w", number: 17, kind: "retrain", generation: 1, time: 1_800_000_000,
                    fields: [
                        .init("state", "progress"), .init("step", "ranking head"), .init("x", nil),
                    ])),
            .json(#"{"protocol":1}"#),
        ]
        let bytes = Array(stream.utf8)
        for split in 0...bytes.count {
            var reader = ReplyReader()
            var events: [ReplyReader.Event] = []
            for piece in [bytes[..<split], bytes[split...]] {
                reader.append(Array(piece))
                while let event = reader.next() { events.append(event) }
            }
            #expect(events == expected)
        }
    }

    @Test(
        "a stream that is not the protocol gives one malformed event and nothing more",
        arguments: [
            "HTTP/1.1 200 OK\n", "\n", "! x retrain generation=1 time=2\n",
            "! 1 generation=1 time=2\n", "! 1 retrain time=2 generation=1\n",
            "OK\n", "OK x generation=1\n", "OK -1 generation=1\n",
            "OK 0\n", "OK 0 generation=x\n", "OK 0 source=a generation=1\n",
            "OK 0 1 generation=1\n", "OK 1 generation=1\n a\n", "OK 0 generation=1 x=\"a\n",
            "OK 1 generation=1 columns=a,b\n 1\n",
            "OK 2 generation=1 columns=a\n 1\nOK 0 generation=1\n",
            "ERR\n", "ERR x y z\n", "ERR 101\n", "* x y\n", "*\n", "CANDOR\n", "CANDOR 1\n",
            "CANDOR x y generation=1\n", "@a CANDOR 1 x generation=1 role=reader\n", "@\n",
            "SSH-2.0-OpenSSH_9.2\n",
        ])
    func malformed(stream: String) {
        let events = events(stream + "OK 0 generation=1\n")
        guard events.count == 1, case .malformed(let reason) = events[0] else {
            Issue.record("\(stream.debugDescription): \(events)")
            return
        }
        #expect(reason.hasPrefix("the server does not speak this protocol: "))
    }

    @Test("a reply beyond the bound is refused, in one line or in many")
    func bounded() {
        let long = String(repeating: "x", count: 1001)
        let rows = String(repeating: " xxxxxxxxx\n", count: 100)
        for stream in [long, "OK 100 generation=1 columns=a\n\(rows)"] {
            guard case .malformed? = events(stream).last else {
                Issue.record("accepted")
                continue
            }
        }
        #expect(events("OK 50 generation=1 columns=a\n\(rows)").count == 2)
    }

    @Test("an error code of a newer server still reads")
    func newer() {
        let expected = ReceivedError(code: 499, name: "new-thing", message: "wait")
        #expect(events("ERR 499 new-thing wait\n") == [.error(expected)])
        #expect(expected.wireCode == nil)
        #expect(ReceivedError(code: 101, name: "", message: "").wireCode == .badSyntax)
    }
}
