// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct ReplyRendererTests {
    private func render(
        _ response: Result<Reply, WireError>, format: ReplyFormat = .text, tag: String? = nil,
        verb: Verb? = .recommend
    ) -> String {
        var bytes: [UInt8] = []
        ReplyRenderer(format: format, tag: tag, verb: verb).render(
            response, generation: 3, elapsedMicroseconds: 55, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a reply is its status line and its counted body")
    func reply() {
        let reply = Reply(
            [.init("source", .text("personal")), .init("short", .missing)],
            columns: ["rank", "title", "score", "seen"],
            rows: [
                [.integer(1), .text("Toy Story (1995)"), .number(0.5), .flag(true)],
                [.integer(2), .text("-"), .missing, .flag(false)],
                [.integer(-3), .text(""), .number(1e-5), .text("a\tb\n\\")],
            ])
        #expect(
            render(.success(reply), tag: "q7") == """
                @q7 OK 3 generation=3 source=personal short=- columns=rank,title,score,seen
                 1\tToy Story (1995)\t0.5\tyes
                 2\t\\x2d\t-\tno
                 -3\t\t1e-05\ta\\tb\\n\\\\

                """)
        #expect(
            render(.success(reply), format: .json) == """
                {"protocol":1,"ok":true,"verb":"RECOMMEND","generation":3,"elapsed_us":55,\
                "source":"personal","short":null,"rows":[\
                {"rank":1,"title":"Toy Story (1995)","score":0.5,"seen":true},\
                {"rank":2,"title":"-","score":null,"seen":false},\
                {"rank":-3,"title":"","score":1e-05,"seen":"a\\tb\\n\\\\"}]}

                """)
    }

    @Test("an error is one line with number, name and message")
    func error() {
        let error = WireError(.unknownUser, "no user \"x\"; SEARCH\tfinds\nitems")
        #expect(
            render(.failure(error))
                == "ERR 201 unknown-user no user \"x\"; SEARCH\\tfinds\\nitems\n")
        #expect(
            render(.failure(error), format: .json, tag: "1", verb: nil) == """
                {"protocol":1,"ok":false,"verb":null,"tag":"1","generation":3,"elapsed_us":55,\
                "error":{"code":201,"name":"unknown-user",\
                "message":"no user \\"x\\"; SEARCH\\tfinds\\nitems"}}

                """)
    }

    @Test("a status field is quoted when a reader could not tell its end or its kind")
    func fields() {
        let values: [(Value, String)] = [
            (.text("personal"), "personal"), (.text("a b"), #""a b""#), (.text(""), #""""#),
            (.text("-"), #""-""#), (.text("a\"b"), #""a\"b""#), (.text("a\\b"), #""a\\b""#),
            (.text("é"), "é"), (.text("\u{202E}x"), #""\u{202e}x""#), (.text("a=b"), "a=b"),
            (.missing, "-"), (.flag(false), "no"), (.integer(.min), "-9223372036854775808"),
            (.integer(.max), "9223372036854775807"), (.integer(10), "10"), (.number(4), "4.0"),
            (.number(0.1), "0.1"), (.number(1e16), "1e+16"), (.number(-0.0), "-0.0"),
            (.number(.nan), "-"), (.number(.infinity), "-"),
        ]
        for (value, expected) in values {
            let reply = Reply([.init("x", value)])
            #expect(render(.success(reply)) == "OK 0 generation=3 x=\(expected)\n")
        }
    }

    @Test("a progress line has one decimal and ends at exactly 100.0")
    func progress() {
        for (fraction, expected) in [
            (0.0, "0.0"), (0.42, "42.0"), (0.1234, "12.3"), (1, "100.0"), (7, "100.0"),
            (-1, "0.0"), (Double.nan, "0.0"), (0.05, "5.0"),
        ] {
            var bytes: [UInt8] = []
            let renderer = ReplyRenderer(format: .text, tag: "t", verb: .retrain)
            renderer.render(Progress(fraction: fraction, stage: "ranking head"), into: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == "@t * \(expected) ranking head\n")
        }
    }

    @Test("the greeting names protocol, server, generation and role, and reads back")
    func greeting() {
        for role in Role.allCases + [nil] {
            let greeting = Greeting(server: "candord/0.1.0", generation: 12, role: role)
            var bytes: [UInt8] = []
            greeting.render(into: &bytes)
            let word = role?.rawValue ?? "-"
            #expect(
                String(decoding: bytes, as: UTF8.self)
                    == "CANDOR 1 candord/0.1.0 generation=12 role=\(word)\n")
            var reader = ReplyReader()
            reader.append(bytes)
            #expect(reader.next() == .greeting(greeting))
            #expect(reader.next() == nil)
        }
    }
}
