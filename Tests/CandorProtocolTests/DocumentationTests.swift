// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorProtocol

@Suite struct DocumentationTests {
    private static let regenerate: Comment =
        "regenerate with: CANDOR_UPDATE_DOCS=1 swift test --filter DocumentationTests"
    private let isUpdating = ProcessInfo.processInfo.environment["CANDOR_UPDATE_DOCS"] == "1"

    @Test("protocol/COMMANDS.md is what the verb table renders")
    func commands() throws {
        let path = "protocol/COMMANDS.md"
        let rendered = CommandsDocument.markdown()
        if isUpdating {
            try rendered.write(
                to: Vectors.root.appending(path: path), atomically: true, encoding: .utf8)
        }
        #expect(try Vectors.text(path) == rendered, Self.regenerate)
    }

    @Test("the error table in protocol/PROTOCOL.md is what the codes render")
    func errors() throws {
        let path = "protocol/PROTOCOL.md"
        let begin = "<!-- error codes: rendered -->\n"
        let end = "<!-- error codes: end -->"
        var page = try Vectors.text(path)
        let from = try #require(page.range(of: begin)).upperBound
        let to = try #require(page.range(of: end)).lowerBound
        if isUpdating {
            page.replaceSubrange(from..<to, with: CommandsDocument.errorTable())
            try page.write(
                to: Vectors.root.appending(path: path), atomically: true, encoding: .utf8)
        } else {
            #expect(String(page[from..<to]) == CommandsDocument.errorTable(), Self.regenerate)
        }
    }

    @Test("the limits in protocol/PROTOCOL.md are the limits of the program")
    func limits() throws {
        let page = try Vectors.text("protocol/PROTOCOL.md")
        for (name, value) in [
            ("request line", Limits.lineBytesMax), ("identifier", Limits.identifierBytesMax),
            ("tag", Limits.tagBytesMax), ("rows asked for", Limits.rowsMax),
            ("unread output", Limits.outputBytesMax), ("reply", Limits.replyBytesMax),
        ] {
            #expect(page.contains("| \(name) | \(value) |"), "\(name)")
        }
    }

    @Test("every request shown in protocol/PROTOCOL.md is accepted, or refused as shown")
    func examples() throws {
        let page = try Vectors.text("protocol/PROTOCOL.md")
        let requests = page.split(separator: "\n").filter { $0.hasPrefix("C: ") }
            .map { String($0.dropFirst(3)) }
        #expect(requests.count >= 8)
        for request in requests {
            let parsed = RequestParser.parse(request, role: .operator)
            guard case .failure = parsed.request else { continue }
            var refusal: [UInt8] = []
            ReplyRenderer(format: .text, tag: parsed.tag, verb: parsed.verb).render(
                parsed.request.map { _ in Reply() }, generation: 1, elapsedMicroseconds: 0,
                into: &refusal)
            #expect(page.contains("S: " + String(decoding: refusal, as: UTF8.self)), "\(request)")
        }
    }

    @Test("every reply shown in protocol/PROTOCOL.md reads without a defect")
    func replies() throws {
        let lines = try Vectors.text("protocol/PROTOCOL.md").split(separator: "\n")
        var reader = ReplyReader()
        var events = 0
        for line in lines where line.hasPrefix("S: ") {
            let sent = line.dropFirst(3).replacingOccurrences(of: "<TAB>", with: "\t")
            reader.append(Array(sent.utf8) + [10])
            while let event = reader.next() {
                events += 1
                if case .malformed(let reason) = event { Issue.record("\(line): \(reason)") }
            }
        }
        #expect(events >= 8)
    }
}
