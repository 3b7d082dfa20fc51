// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorProtocol

@Suite struct ReplyRoundTripTests {
    /// What a client must read for a value.
    private func received(_ value: Value) -> String? {
        switch value {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .number(let number): number.description
        case .flag(let flag): flag ? "yes" : "no"
        case .missing: nil
        }
    }

    private func received(_ reply: Reply, tag: String?, generation: Int) -> ReceivedReply {
        ReceivedReply(
            tag: tag, generation: generation,
            fields: reply.fields.map { .init($0.name, received($0.value)) },
            columns: reply.columns, rows: reply.rows.map { $0.map(received) })
    }

    @Test("what the renderer writes as text, the reader reads back, however it is split")
    func text() throws {
        var arbitrary = ArbitraryReply(seed: 1)
        var reader = ReplyReader()
        for generation in 0..<5000 {
            let tag = arbitrary.tag()
            let renderer = ReplyRenderer(format: .text, tag: tag, verb: .info)
            let reply = arbitrary.reply()
            let error = arbitrary.error()
            let progress = Progress(
                fraction: Double(generation % 1001) / 1000, stage: arbitrary.text())
            var bytes: [UInt8] = []
            renderer.render(progress, into: &bytes)
            renderer.render(
                .success(reply), generation: generation, elapsedMicroseconds: 1, into: &bytes)
            renderer.render(
                .failure(error), generation: generation, elapsedMicroseconds: 1, into: &bytes)
            let split = bytes.count * (generation % 7) / 7
            var events: [ReplyReader.Event] = []
            for piece in [bytes[..<split], bytes[split...]] {
                reader.append(Array(piece))
                while let event = reader.next() { events.append(event) }
            }
            let expected: [ReplyReader.Event] = [
                .progress(tag: tag, progress),
                .reply(received(reply, tag: tag, generation: generation)),
                .error(
                    ReceivedError(
                        tag: tag, code: error.code.rawValue, name: error.code.name,
                        message: error.message)),
            ]
            try #require(events == expected)
        }
    }

    @Test("nothing in a text reply can steer a terminal, and body lines begin with a space")
    func harmless() {
        var arbitrary = ArbitraryReply(seed: 2)
        for _ in 0..<2000 {
            let reply = arbitrary.reply()
            var bytes: [UInt8] = []
            ReplyRenderer(format: .text, tag: nil, verb: nil).render(
                .success(reply), generation: 1, elapsedMicroseconds: 1, into: &bytes)
            let lines = String(decoding: bytes, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == reply.rows.count + 2)
            #expect(lines.last == "")
            #expect(lines[0].hasPrefix("OK \(reply.rows.count) generation=1"))
            #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix(" ") })
            for line in lines {
                #expect(!line.unicodeScalars.contains { $0 != "\t" && EscapedText.isHarmful($0) })
            }
        }
    }

    @Test("JSON replies are one line of valid JSON with the same values")
    func json() throws {
        var arbitrary = ArbitraryReply(seed: 3)
        for generation in 0..<2000 {
            let tag = arbitrary.tag()
            let reply = arbitrary.reply()
            var bytes: [UInt8] = []
            ReplyRenderer(format: .json, tag: tag, verb: .recommend).render(
                .success(reply), generation: generation, elapsedMicroseconds: 55, into: &bytes)
            let object = try parse(bytes)
            #expect(object["protocol"] == .integer(1))
            #expect(object["ok"] == .flag(true))
            #expect(object["verb"] == .text("RECOMMEND"))
            #expect(object["tag"] == tag.map { .text($0) })
            #expect(object["generation"] == .integer(generation))
            #expect(object["elapsed_us"] == .integer(55))
            for field in reply.fields { expect(object[field.name], equals: field.value) }
            guard !reply.columns.isEmpty else {
                #expect(object["rows"] == nil)
                continue
            }
            guard case .array(let rows)? = object["rows"] else {
                Issue.record("no rows")
                continue
            }
            #expect(rows.count == reply.rows.count)
            for (row, read) in zip(reply.rows, rows) {
                for (column, value) in zip(reply.columns, row) {
                    expect(read[column], equals: value)
                }
            }
        }
    }

    @Test("JSON errors and progress are one line each, and an unknown verb is null")
    func jsonErrors() throws {
        var arbitrary = ArbitraryReply(seed: 4)
        for _ in 0..<500 {
            let error = arbitrary.error()
            let renderer = ReplyRenderer(format: .json, tag: "a\"\\", verb: nil)
            var bytes: [UInt8] = []
            renderer.render(.failure(error), generation: 2, elapsedMicroseconds: 0, into: &bytes)
            let object = try parse(bytes)
            #expect(object["ok"] == .flag(false))
            #expect(object["verb"] == .null)
            #expect(object["tag"] == .text("a\"\\"))
            #expect(object["error"]?["code"] == .integer(error.code.rawValue))
            #expect(object["error"]?["name"] == .text(error.code.name))
            #expect(object["error"]?["message"] == .text(error.message))
            bytes = []
            let progress = Progress(fraction: 0.42, stage: arbitrary.text())
            renderer.render(progress, into: &bytes)
            let report = try parse(bytes)
            #expect(report["progress"] == .number(0.42))
            #expect(report["stage"] == .text(progress.stage))
        }
    }

    private func parse(_ bytes: [UInt8]) throws -> JSONValue {
        #expect(bytes.firstIndex(of: 10) == bytes.count - 1)
        #expect(
            !String(decoding: bytes.dropLast(), as: UTF8.self).unicodeScalars
                .contains(where: EscapedText.isHarmful))
        #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
        return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }

    private func expect(_ read: JSONValue?, equals value: Value) {
        switch value {
        case .text(let text): #expect(read == .text(text))
        case .integer(let integer): #expect(read == .integer(integer))
        case .number(let number): #expect(read?.asDouble == number)
        case .flag(let flag): #expect(read == .flag(flag))
        case .missing: #expect(read == .null)
        }
    }
}
