// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import TestSupport
import Testing

@testable import CandorDaemon

@Suite struct TranscriptTests {
    @Test("every transcript comes true without sockets", arguments: TranscriptFile.all)
    func inMemory(_ file: TranscriptFile) throws {
        let transcript = try file.transcript()
        let states = try TranscriptStates(transcript.states)
        guard !states.isOfServer else { return }
        let daemon = try MemoryDaemon(states)
        let difference = try transcript.run { daemon.connect() }
        #expect(difference == nil)
        #expect(daemon.engine.problems.all.isEmpty)
    }

    @Test("every transcript comes true over a Unix socket", arguments: TranscriptFile.all)
    func overUnixSocket(_ file: TranscriptFile) throws {
        // Tokens are for TCP.
        guard try !TranscriptStates(file.transcript().states).hasTokens else { return }
        try check(file, over: .unix)
    }

    @Test("what readers and writers may do comes true over TCP", arguments: TranscriptFile.all)
    func overTCP(_ file: TranscriptFile) throws {
        guard try TranscriptStates(file.transcript().states).role < .operator else { return }
        try check(file, over: .tcp)
    }

    private func check(_ file: TranscriptFile, over transport: SocketDaemon.Transport) throws {
        let transcript = try file.transcript()
        let daemon = try SocketDaemon(TranscriptStates(transcript.states), over: transport)
        let difference = try transcript.run { try daemon.connect() }
        #expect(difference == nil)
        #expect(daemon.engine.problems.all.isEmpty)
    }

    @Test("the transcripts send every verb and meet every error code")
    func coverage() throws {
        var verbs: Set<Verb> = []
        var codes: Set<Int> = []
        for file in TranscriptFile.all {
            for step in try file.transcript().steps {
                for line in step.sent {
                    if let verb = RequestParser.parse(line[...], role: .operator).verb {
                        verbs.insert(verb)
                    }
                }
                codes.formUnion(step.expected.compactMap(Self.code))
            }
        }
        let missingVerbs = Verb.allCases.filter { !verbs.contains($0) }
        #expect(missingVerbs.isEmpty, "no transcript sends \(missingVerbs)")
        let missingCodes = WireCode.allCases.filter { !codes.contains($0.rawValue) }
        #expect(missingCodes.isEmpty, "no transcript is answered with \(missingCodes)")
    }

    /// The code of an expected error line, in text or JSON.
    private static func code(_ line: String) -> Int? {
        if line.hasPrefix("{"), let member = line.firstRange(of: "\"error\":{\"code\":") {
            return Int(line[member.upperBound...].prefix { $0.isNumber })
        }
        var words = line.split(separator: " ")[...]
        if line.hasPrefix("@") { words = words.dropFirst() }
        guard words.first == "ERR" else { return nil }
        return words.dropFirst().first.flatMap { Int($0) }
    }
}
