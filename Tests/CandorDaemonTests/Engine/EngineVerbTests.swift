// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: verbs")
struct EngineVerbTests {
    /// At least one successful request of each verb.
    private static let requests = [
        "HELLO 1", "AUTH shop writer", "PING", "HELP", "HELP RETRAIN", "HELP --table",
        "FORMAT json", "QUIT", "INFO",
        "RECOMMEND u01", "RECOMMEND nobody k=3", "PREDICT u01 i1", "PREDICT nobody unseen",
        "EXPLAIN u01 i1", "EXPLAIN u01 unseen head=rating", "FACTS u01 i1",
        "VERIFY u01 i1 'You rated it.'", "SIMILAR i1", "SEARCH space",
        "SEARCH zebra", "SHOW user u01", "SHOW user nobody", "SHOW item unseen", "RATE u01 i1 3",
        "UNRATE u01 i2", "RECOMMEND u01 profile=none", "AUDIT resamples=100", "REPORT",
        "REPORT form=numbers", "RETRAIN",
        "CANCEL", "RETRAIN seed=2", "DIFF 1 2", "REPRODUCE 1", "ROLLBACK",
        "PROMOTE 3 confirm_within=60",
        "CONFIRM",
        "EXPORT user u01", "EXPORT parquet", "EXPORT explanation u01 i1", "FLIP u01",
        "WHYNOT u01 i1", "FIDELITY users=10", "FORGET u02", "GENERATIONS", "STATS",
        "METRICS", "WATCH", "SLOWLOG", "CLIENTS", "KILL 7", "RELOAD", "SHUTDOWN",
    ]

    @Test("every verb is answered in the shape that the verb table promises")
    func shapes() throws {
        let harness = try EngineHarness()
        harness.engine.connected(Peer(connection: 7, role: .reader, endpoint: "s"))
        // The harness asks as connection 1.
        harness.engine.connected(Peer(connection: 1, role: .guest, endpoint: "t"))
        let ticket = Ticket(connection: 7, sequence: 0)
        harness.engine.finished(
            FinishedRequest(ticket: ticket, verb: .ping, nanoseconds: 2_000_000_000))
        try harness.reply("RATE u01 i2 3")
        var seen: Set<Verb> = []
        for line in Self.requests {
            if line == "WATCH" {
                let watch = try harness.begin(line)
                harness.engine.conclude(watch)
                let reply = try harness.answer(to: watch).response.get()
                #expect(ReplyShape.problems(reply, for: .watch).isEmpty)
            } else if line == "CANCEL" {
                let retrain = try harness.begin("RETRAIN seed=7", connection: 2)
                try harness.reply(line)
                _ = try harness.answer(to: retrain)
            } else {
                try harness.reply(line)
            }
            seen.formUnion([try #require(RequestParser.parse(line, role: .operator).verb)])
        }
        #expect(seen == Set(Verb.allCases))
    }

    @Test("FORMAT, QUIT and SHUTDOWN tell the loop what they do to the connection")
    func effects() throws {
        let harness = try EngineHarness()
        #expect(try harness.ask("FORMAT json").effect == .format(.json))
        #expect(try harness.ask("QUIT").effect == .close)
        #expect(try harness.ask("PING").effect == .none)
        #expect(try harness.ask("SHUTDOWN").effect == .stopDaemon)
        #expect(try harness.refusal(of: "RETRAIN") == .shuttingDown)
    }

    @Test("another protocol version is refused, and the connection stays usable")
    func versions() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "HELLO 2") == .unsupportedVersion)
        #expect(try harness.reply("HELLO 1")["version"] == .integer(1))
    }
}
