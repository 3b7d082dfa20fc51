// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: how long answers hold")
struct EngineValidityTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    private func ask(_ line: String) throws -> Validity {
        try #require(try harness.ask(line).validity)
    }

    private static let userLines = [
        "RECOMMEND u01", "RECOMMEND u01 k=3 rank=rating", "RECOMMEND u01 novelty=0.5",
        "PREDICT u01 i1", "PREDICT nobody i1", "PREDICT u01 i1 at=978300999",
    ]
    private static let otherLines = ["RECOMMEND u01 profile=none", "SIMILAR i1", "PING"]

    @Test("answers about a user hold until a rating of that user changes", arguments: userLines)
    func ofUser(line: String) throws {
        let answer = try ask(line)
        #expect(answer.holds)
        try harness.reply("RATE u02 i3 4")
        #expect(answer.holds, "another user's rating")
        _ = try harness.reply("INFO")
        #expect(try ask(line) === answer)
        let user = line.split(separator: " ")[1]
        try harness.reply("RATE \(user) i3 4")
        #expect(!answer.holds)
        let next = try ask(line)
        #expect(next.holds)
        try harness.reply("UNRATE \(user) i3")
        #expect(!next.holds)
    }

    @Test("answers about no user hold whatever is rated", arguments: otherLines)
    func ofNobody(line: String) throws {
        let answer = try ask(line)
        try harness.reply("RATE u01 i3 4")
        #expect(answer.holds)
    }

    @Test("no answer outlives its generation, nor a user who is forgotten")
    func generation() throws {
        var answers = try (Self.userLines + Self.otherLines).map { try ask($0) }
        try harness.reply("RETRAIN force")
        #expect(answers.allSatisfy { !$0.holds })
        answers = try (Self.userLines + Self.otherLines).map { try ask($0) }
        try harness.reply("FORGET u01")
        #expect(answers.allSatisfy { !$0.holds })
    }

    @Test("answers about an invented user, refusals and what changes by itself are not kept")
    func notKept() throws {
        for line in [
            "RECOMMEND stranger", "PREDICT stranger i1", "PREDICT u01 i99", "INFO", "STATS",
            "SHOW user u01", "EXPLAIN u01 i1", "GENERATIONS", "CLIENTS",
        ] {
            #expect(try harness.ask(line).validity == nil, "\(line)")
        }
    }
}
