// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct RequestVectorTests {
    @Test("every accepted vector means what its canonical form says")
    func accepted() throws {
        let lines = try Vectors.lines("accepted.txt")
        for line in lines {
            let parts = line.split(separator: " => ", maxSplits: 1)
            let written = try Vectors.bytes(try #require(parts.first))
            let canonical = try Vectors.bytes(try #require(parts.last))
            let parsed = RequestParser.parse(written[...], role: .operator)
            guard case .success(let request) = parsed.request else {
                Issue.record("\(line): \(parsed.request)")
                continue
            }
            let tag = parsed.tag.map { "@\($0) " } ?? ""
            #expect(Array((tag + request.line).utf8) == canonical, "\(line)")
            #expect(parsed.verb == request.verb)
            #expect(RequestParser.parse(canonical[...], role: .operator) == parsed, "\(line)")
        }
        #expect(lines.count >= 60)
    }

    @Test("every refused vector gives its error, and a message for people")
    func refused() throws {
        let lines = try Vectors.lines("refused.txt")
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 2)
            let code = try #require(WireCode(name: String(parts[0])), "\(line)")
            let role = try #require(Role(rawValue: String(parts[1])), "\(line)")
            let written = try Vectors.bytes(parts.count > 2 ? parts[2] : "")
            let parsed = RequestParser.parse(written[...], role: role)
            guard case .failure(let error) = parsed.request else {
                Issue.record("accepted: \(line)")
                continue
            }
            #expect(error.code == code, "\(line): \(error.message)")
            #expect(error.message.unicodeScalars.allSatisfy { !EscapedText.isHarmful($0) })
            #expect(error.message.utf8.count < 600, "\(error.message)")
        }
        #expect(lines.count >= 60)
    }

    @Test("every verb and every code that a line alone can cause has a vector")
    func coverage() throws {
        let verbs = try Vectors.lines("accepted.txt").compactMap { line in
            RequestParser.parse(
                String(
                    decoding: try Vectors.bytes(line.split(separator: " => ")[0]), as: UTF8.self),
                role: .operator
            ).verb
        }
        #expect(Set(verbs) == Set(Verb.allCases))
        let codes = try Vectors.lines("refused.txt").map { String($0.prefix { $0 != " " }) }
        let ofALine = WireCode.allCases.filter { $0.rawValue < 200 && $0 != .unsupportedVersion }
        #expect(
            Set(codes) == Set((ofALine + [.notPermitted, .authenticationRequired]).map(\.name)))
    }
}
