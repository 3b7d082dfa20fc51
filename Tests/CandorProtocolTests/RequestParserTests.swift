// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

private let recommendUsage =
    "RECOMMEND <user> [k=1..1000] [rank=ranking|rating] [profile=none] [calibrated=0..1] "
    + "[novelty=0..1] [floor=<floors>]"

@Suite struct RequestParserTests {
    private func error(_ line: String, role: Role = .operator) -> WireError? {
        guard case .failure(let error) = RequestParser.parse(line, role: role).request else {
            return nil
        }
        return error
    }

    @Test(
        "messages say what to do next",
        arguments: [
            ("RECOMEND 1", "there is no verb \"RECOMEND\"; did you mean RECOMMEND?"),
            ("XYZZY", "there is no verb \"XYZZY\"; HELP lists them all"),
            (
                "RECOMMEND",
                "RECOMMEND takes 1 argument, not 0; usage: " + recommendUsage
            ),
            (
                "RECOMMEND 1 k=0",
                "k cannot be \"0\": it takes a whole number from 1 to 1000; "
                    + "usage: " + recommendUsage
            ),
            (
                "EXPLAIN 1 1 heat=rating",
                "EXPLAIN has no option \"heat\"; did you mean head=?; a word that contains = and "
                    + "is no option goes between quotes"
            ),
            ("RECOMMEND 1 k=1 k=2", "k= is given twice; keep one of them"),
            (
                "PREDICT \"1 2",
                "the quote at byte 9 is never closed; add \" at the end of the word, or write \\\" "
                    + "for a quote inside it"
            ),
            ("", "the line has no verb; send one, for example PING, or HELP for the list"),
        ])
    func messages(line: String, message: String) {
        #expect(error(line)?.message == message)
    }

    @Test("a role that is too small is told which one is needed and how to get it")
    func roles() {
        for verb in Verb.allCases {
            let row = verb.specification
            for role in Role.allCases {
                let error = error(row.example, role: role)
                if role >= row.role {
                    #expect(error == nil)
                } else {
                    let isGuest = role == .guest
                    #expect(error?.code == (isGuest ? .authenticationRequired : .notPermitted))
                    #expect(error?.message.contains(row.role.rawValue) == true)
                    #expect(error?.message.contains(isGuest ? "AUTH" : "Unix socket") == true)
                }
            }
        }
    }

    @Test("the tag and the verb come back even when the rest is wrong")
    func partial() {
        let wrong = RequestParser.parse("@7 predict 1", role: .reader)
        #expect(wrong.tag == "7")
        #expect(wrong.verb == .predict)
        let unknown = RequestParser.parse("@7 PREDCIT 1", role: .reader)
        #expect(unknown.tag == "7")
        #expect(unknown.verb == nil)
        let unclosed = RequestParser.parse("@7 PREDICT \"1", role: .reader)
        #expect(unclosed.tag == "7")
        #expect(unclosed.verb == .predict)
    }

    @Test("a message repeats at most 40 characters of what was sent, escaped")
    func excerpts() throws {
        let message = try #require(
            error("RECOMMEND \"\\x1b" + String(repeating: "a", count: 200) + "\"")
        )
        .message
        #expect(message.contains("\"\\x1b" + String(repeating: "a", count: 39) + "…\""))
    }

    @Test("what makes the rest of the stream meaningless or ends the peer's time closes it")
    func closing() {
        let closing = WireCode.allCases.filter(\.closesConnection)
        #expect(
            closing == [
                .lineTooLong, .httpRefused, .tooManyFailures, .authenticationOverdue, .noRole,
                .idleTooLong,
            ])
    }

    @Test("the longest sensible request fits into a line")
    func longest() {
        let identifier = "\"" + String(repeating: "\\u{00007e}", count: 128) + "\""
        let tag = String(repeating: "t", count: Limits.tagBytesMax)
        let line = "@\(tag) RATE \(identifier) \(identifier) -1000000.00001 at=253402300799"
        #expect(line.utf8.count < 2800)
        #expect(RequestParser.parse(String(line.dropLast(6)), role: .writer).tag == tag)
        #expect(error("RATE \(identifier) \(identifier) 4") == nil)
    }
}
