// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct LineFramerTests {
    /// Feeds the pieces one after the other and takes all that comes out after each.
    private func events(
        _ pieces: [ArraySlice<UInt8>], lineBytesMax: Int = 8
    ) -> [LineFramer.Event] {
        var framer = LineFramer(lineBytesMax: lineBytesMax)
        var events: [LineFramer.Event] = []
        for piece in pieces {
            piece.withUnsafeBytes { framer.append($0) }
            while let event = framer.next() { events.append(event) }
        }
        return events
    }

    private static let streams: [(bytes: String, lines: [String], isTooLong: Bool)] = [
        ("", [], false),
        ("\n", [""], false),
        ("\r\n", [""], false),
        ("a\n", ["a"], false),
        ("a\r\n", ["a"], false),
        ("a\r\r\n", ["a\r"], false),
        ("\ra\n", ["\ra"], false),
        ("a", [], false),
        ("a\r", [], false),
        ("a\nb\nc\n", ["a", "b", "c"], false),
        ("\n\n\n", ["", "", ""], false),
        ("12345678\n", ["12345678"], false),
        ("12345678\r\n", ["12345678"], false),
        ("123456789\n", [], true),
        ("123456789", [], true),
        ("12345678\r", [], false),
        ("12345678\rx", [], true),
        ("a\n123456789", ["a"], true),
        ("a\n123456789\nb\n", ["a"], true),
        ("é\nü\r\n", ["é", "ü"], false),
        ("one\r\ntwo\nthree\r\n12345678\r\nrest", ["one", "two", "three", "12345678"], false),
    ]

    @Test("the same lines come out however the stream is split", arguments: streams.indices)
    func splits(index: Int) {
        let stream = Self.streams[index]
        let bytes = Array(stream.bytes.utf8)
        let expected =
            stream.lines.map { LineFramer.Event.line(Array($0.utf8)[...]) }
            + (stream.isTooLong ? [.lineTooLong] : [])
        #expect(events([bytes[...]]) == expected)
        #expect(events(bytes.indices.map { bytes[$0...$0] }) == expected)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                #expect(events(pieces) == expected, "\(stream.bytes.debugDescription) \(pieces)")
            }
        }
    }

    @Test("every request vector comes out of the framer whole, split at every byte")
    func vectors() throws {
        for line in try Vectors.lines("accepted.txt") {
            let request = try Vectors.bytes(try #require(line.split(separator: " => ").first))
            let stream = request + [10]
            for split in 0...stream.count {
                let events = events(
                    [stream[..<split], stream[split...]], lineBytesMax: Limits.lineBytesMax)
                #expect(events == [.line(request[...])])
            }
        }
    }

    @Test("the one line that bytes hold is the one that would come out; anything else is none")
    func onlyLine() {
        func line(_ text: String, after before: String = "", lineBytesMax: Int = 8) -> String? {
            var framer = LineFramer(lineBytesMax: lineBytesMax)
            framer.append(Array(before.utf8))
            while framer.next() != nil {}
            return Array(text.utf8).withUnsafeBytes { bytes in
                framer.onlyLine(in: bytes).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        for text in ["PING", "", "\r", "a b\r", "12345678", "12345678\r", "é"] {
            var framer = LineFramer(lineBytesMax: 8)
            framer.append(Array((text + "\n").utf8))
            #expect(framer.next() == line(text + "\n").map { .line(Array($0.utf8)[...]) })
        }
        #expect(line("PING\n", after: "PING\n") == "PING")
        for text in ["", "PING", "PING\nPING\n", "PING\nP", "\n\n", "123456789\n"] {
            #expect(line(text) == nil)
        }
        #expect(line("NG\n", after: "PI") == nil)
        #expect(line("PING\n", after: "123456789\n") == nil)
    }

    @Test("after a line that is too long nothing comes out and nothing is kept")
    func finished() {
        var framer = LineFramer(lineBytesMax: 4)
        framer.append(Array("12345".utf8))
        #expect(framer.next() == .lineTooLong)
        #expect(framer.isFinished)
        framer.append(Array("a\nb\n".utf8))
        #expect(framer.next() == nil)
        #expect(framer.bufferedBytes == 0)
    }

    @Test("what is buffered is what was not taken")
    func bounded() {
        var framer = LineFramer()
        let line = Array((String(repeating: "x", count: 99) + "\n").utf8)
        for _ in 0..<1000 {
            framer.append(line + line.prefix(50))
            while framer.next() != nil {}
            framer.append(Array(line.dropFirst(50)))
            while framer.next() != nil {}
            #expect(framer.bufferedBytes == 0)
        }
    }
}
