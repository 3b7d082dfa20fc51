// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@testable import CandorProtocol

@Suite struct MutationTests {
    private static let pieces = [
        "\"", "\\", "@", "=", " ", "\t", "k=", "\"\"", "\\x", "\\u{", "}", "\\u{202e}", "\0", "\r",
        "GET /", "PING", "limit=5", "é", "99999999999999999999", "1e999", "-", "\u{202E}",
    ].map { Array($0.utf8) }

    /// Changes a line in one to four places.
    private func mutate(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var line = line
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...line.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where place < line.count:
                line[place] = UInt8.random(in: 0...255, using: &random)
            case 1 where place < line.count: line.remove(at: place)
            case 2: line.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 3: line.removeLast(line.count - place)
            default:
                line.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
            }
        }
        return line
    }

    @Test("200,000 mutated lines each give a request that reads back or an error that reads back")
    func mutated() throws {
        let corpus = try Vectors.lines("accepted.txt").map {
            try Vectors.bytes($0.split(separator: " => ")[0])
        }
        var random = SplitMix(seed: 7)
        var reader = ReplyReader()
        var accepted = 0
        var refused: Set<WireCode> = []
        var output: [UInt8] = []
        for round in 0..<200_000 {
            let line = mutate(corpus[round % corpus.count], &random)
            let role = Role.granted[round % Role.granted.count]
            let parsed = RequestParser.parse(line[...], role: role)
            switch parsed.request {
            case .success(let request):
                accepted += 1
                let again = RequestParser.parse(request.line, role: role)
                if again.request != parsed.request { Issue.record("\(request) \(again)") }
            case .failure(let error):
                refused.insert(error.code)
                output.removeAll(keepingCapacity: true)
                ReplyRenderer(format: .text, tag: parsed.tag, verb: parsed.verb).render(
                    .failure(error), generation: 1, elapsedMicroseconds: 1, into: &output)
                reader.append(output)
                let expected = ReceivedError(
                    tag: parsed.tag, code: error.code.rawValue, name: error.code.name,
                    message: error.message)
                if reader.next() != .error(expected) { Issue.record("\(line) \(error)") }
            }
        }
        #expect(accepted > 8_000)
        #expect(refused.isSuperset(of: [.badSyntax, .unknownVerb, .badValue, .notUTF8]))
    }

    @Test("a reader fed with mutated replies never stops and never reads on after a defect")
    func mutatedReplies() {
        var arbitrary = ArbitraryReply(seed: 11)
        var random = SplitMix(seed: 12)
        var defects = 0
        for _ in 0..<20_000 {
            var output: [UInt8] = []
            ReplyRenderer(format: .text, tag: arbitrary.tag(), verb: .info).render(
                .success(arbitrary.reply()), generation: 1, elapsedMicroseconds: 1, into: &output)
            var reader = ReplyReader(replyBytesMax: 1 << 12)
            reader.append(mutate(output, &random))
            var isDefect = false
            while let event = reader.next() {
                #expect(!isDefect)
                if case .malformed = event { isDefect = true }
            }
            if isDefect { defects += 1 }
        }
        #expect(defects > 1000)
    }
}
