// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@Suite struct TranscriptTests {
    @Test("a transcript reads as states and steps")
    func parsing() throws {
        let transcript = try Transcript.parse(
            """
            # A comment.
            = data planted
            =role writer

            CANDOR 1 {any} generation=1 role=writer
            > PING
            OK 0 generation=1

            > INFO
            >
            # Both answers follow.
            OK 1 generation=1 columns=name,value
             a\tb
            ERR 101 bad-syntax {any}
            """)
        #expect(transcript.states == ["data planted", "role writer"])
        let sent = transcript.steps.map { $0.sent.map { String(decoding: $0, as: UTF8.self) } }
        #expect(sent == [[], ["PING"], ["INFO", ""]])
        #expect(transcript.steps.map(\.line) == [5, 6, 9])
        #expect(transcript.steps[2].expected.count == 3)
        #expect(transcript.steps[2].expected[1] == " a\tb")
    }

    @Test("a step belongs to the connection named last, and bytes are sent as written")
    func connections() throws {
        let transcript = try Transcript.parse(
            """
            ~ A
            > PING
            >% %ff%{a*3}
            ~ B
            CANDOR 1 {any} generation=1 role=reader
            > QUIT
            OK 0 generation=1
            {end}
            ~ A
            OK 0 generation=1
            """)
        #expect(transcript.steps.map(\.connection) == ["A", "B", "B", "A"])
        #expect(transcript.steps[0].sent == [Array("PING".utf8), [0xFF, 0x61, 0x61, 0x61]])
        #expect(transcript.steps[1].sent.isEmpty && transcript.steps[3].sent.isEmpty)
        #expect(transcript.steps[2].expected == ["OK 0 generation=1", "{end}"])
        #expect(throws: TranscriptError.self) { try Transcript.parse(">% %zz") }
    }

    @Test("a transcript that cannot be run says where and why")
    func refusal() {
        #expect(throws: TranscriptError.self) { try Transcript.parse("# nothing\n") }
        #expect {
            try Transcript.parse("> PING\n= late")
        } throws: { error in
            (error as? TranscriptError)?.line == 2
        }
    }

    @Test(
        "lines match as the placeholders say",
        arguments: [
            ("OK 0", "OK 0", true), ("OK 0", "OK 1", false), ("OK", "OK 0", false),
            ("a={any}", "a=b", true), ("a={any}", "a=\"b \\\" c\"", true), ("a={any}", "a=", false),
            ("a={any} c", "a=b c", true), ("a={any}", "a=b c", false), ("a={any}", "a=\"b", false),
            (#"{"a":{any},"b":{any}}"#, #"{"a":1,"b":"x, y"}"#, true),
            ("x={number}", "x=-1.5e-05", true), ("x={number}", "x=abc", false),
            (" {cell}\t{cell}", " Toy Story (1995)\t", true), (" {cell}", " a\tb", false),
            (#"{"x":1}"#, #"{"x":1}"#, true),
        ])
    func lines(pattern: String, line: String, agrees: Bool) {
        #expect((Transcript.match(expected: [pattern], actual: [line]) == nil) == agrees)
    }

    @Test("whole-line placeholders take any number of body or progress lines")
    func repetition() {
        let body = ["OK 3", " a", " b", " c"]
        #expect(Transcript.match(expected: ["OK 3", "{...}"], actual: body) == nil)
        #expect(Transcript.match(expected: ["OK 3", " a", "{...}"], actual: body) == nil)
        #expect(Transcript.match(expected: ["OK 3", "{...}", " c"], actual: body) == nil)
        #expect(
            Transcript.match(expected: ["OK 3", " a", " b", " c", "{...}"], actual: body) == nil)
        #expect(Transcript.match(expected: ["{...}"], actual: body) != nil)
        let long = ["* 1.0 a", "@t * 2.0 b", #"{"protocol":1,"progress":0.5,"stage":"c"}"#, "OK 0"]
        #expect(Transcript.match(expected: ["{*}", "OK 0"], actual: long) == nil)
        #expect(Transcript.match(expected: ["{*}", "OK 0"], actual: ["OK 0"]) == nil)
        #expect(Transcript.match(expected: ["{*}"], actual: long) != nil)
    }

    @Test("a mismatch shows the furthest line that differs, or the line that is missing")
    func mismatch() throws {
        let wrong = try #require(
            Transcript.match(expected: ["OK 2", "{...}", " b"], actual: ["OK 2", " a", " c"]))
        #expect(wrong.contains("expected:  b") && wrong.contains("received: no further line"))
        let missing = try #require(Transcript.match(expected: ["OK 0", "OK 0"], actual: ["OK 0"]))
        #expect(missing.contains("received: no further line"))
        let surplus = try #require(Transcript.match(expected: ["OK 0"], actual: ["OK 0", "OK 0"]))
        #expect(surplus.contains("expected: no further line"))
    }
}
