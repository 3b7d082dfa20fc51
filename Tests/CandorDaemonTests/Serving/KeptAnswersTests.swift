// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Answers that are kept")
struct KeptAnswersTests {
    private static func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

    private static func entry(_ line: String, in kept: KeptAnswers) -> KeptAnswers.Entry? {
        Array(line.utf8).withUnsafeBytes { kept.answer(to: $0) }
    }

    private static func found(_ line: String, in kept: KeptAnswers) -> String? {
        entry(line, in: kept).map { entry in
            var reply = ""
            entry.withReply { reply = String(decoding: $0, as: UTF8.self) }
            return reply
        }
    }

    private static func keep(
        _ reply: String, to line: String, in kept: KeptAnswers, while validity: Validity
    ) {
        Array(line.utf8).withUnsafeBytes { line in
            kept.keep(bytes(reply), to: line, verb: .predict, rowCount: 3, while: validity)
        }
    }

    @Test("an answer is found by the very bytes of its line, as long as it holds")
    func holds() {
        let kept = KeptAnswers(bytesMax: 1 << 16)
        let validity = Validity()
        Self.keep("one", to: "PREDICT a b", in: kept, while: validity)
        #expect(Self.found("PREDICT a b", in: kept) == "one")
        #expect(Self.entry("PREDICT a b", in: kept)?.rowCount == 3)
        for other in ["PREDICT a b ", "predict a b", "PREDICT a", "", "PREDICT a c"] {
            #expect(Self.found(other, in: kept) == nil)
        }
        #expect(kept.byteCount > 0)
        validity.end()
        #expect(Self.found("PREDICT a b", in: kept) == nil)
        #expect(kept.byteCount == 0)
    }

    @Test("a new answer to a line takes the place of the old one")
    func replaced() {
        let kept = KeptAnswers(bytesMax: 1 << 16)
        let validity = Validity()
        Self.keep("one", to: "X", in: kept, while: validity)
        let before = kept.byteCount
        Self.keep("two", to: "X", in: kept, while: validity)
        #expect(Self.found("X", in: kept) == "two")
        #expect(kept.byteCount == before)
    }

    @Test("however many come, memory stays bounded, what is found is right, and much is found")
    func bounded() {
        let bytesMax = 1 << 18
        let kept = KeptAnswers(bytesMax: bytesMax)
        let validity = Validity()
        var found = 0
        for number in 0..<20_000 {
            let reply = String(repeating: "\(number) ", count: number % 50)
            Self.keep(reply, to: "LINE \(number)", in: kept, while: validity)
            #expect(kept.byteCount <= bytesMax)
            let past = "LINE \(max(number - 100, 0))"
            if let reply = Self.found(past, in: kept) {
                found += 1
                #expect(
                    reply
                        == String(
                            repeating: "\(max(number - 100, 0)) ",
                            count: max(number - 100, 0) % 50))
            }
        }
        #expect(found > 10_000)
    }

    @Test("nothing is kept of no memory, and no answer that is too long")
    func refused() {
        let none = KeptAnswers(bytesMax: 0)
        let validity = Validity()
        Self.keep("one", to: "X", in: none, while: validity)
        #expect(Self.found("X", in: none) == nil)
        let kept = KeptAnswers(bytesMax: 1 << 20)
        Self.keep(String(repeating: "x", count: 5000), to: "X", in: kept, while: validity)
        #expect(Self.found("X", in: kept) == nil && kept.byteCount == 0)
    }

    @Test(
        "a tag is told from the request, where it is one",
        arguments: [
            ("PING", "", "PING"), ("@a PING", "@a ", "PING"), ("@a  PING", "@a ", " PING"),
            ("@ PING", "", "@ PING"), ("@a\tPING", "", "@a\tPING"), ("@a", "", "@a"), ("", "", ""),
            ("@é PING", "", "@é PING"), (" @a PING", "", " @a PING"),
            (
                "@" + String(repeating: "t", count: 64) + " X",
                "@" + String(repeating: "t", count: 64) + " ", "X"
            ),
            (
                "@" + String(repeating: "t", count: 65) + " X", "",
                "@" + String(repeating: "t", count: 65) + " X"
            ),
        ])
    func tags(line: String, tag: String, request: String) {
        Array(line.utf8).withUnsafeBytes { bytes in
            let split = TaggedLine.split(bytes)
            #expect(String(decoding: split.tag, as: UTF8.self) == tag)
            #expect(String(decoding: split.request, as: UTF8.self) == request)
        }
    }
}
