// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import Testing

extension EndToEnd {
    /// One life of a daemon in which everything that it can do is done.
    ///
    /// In a build of AddressSanitizer whatever it still holds at the end without knowing of it is a
    /// leak, which its exit status tells.
    @Suite("Every verb")
    struct EveryVerb {
        /// At least one request of each verb that one connection gets through alone, in order.
        private static let requests = [
            "HELLO 1", "PING", "HELP", "HELP RETRAIN", "FORMAT text", "INFO", "RECOMMEND 1",
            "RECOMMEND nobody k=3", "PREDICT 1 100", "EXPLAIN 1 100", "EXPLAIN 1 100 head=rating",
            "FLIP 1", "FACTS 1 100", "VERIFY 1 100 'You rated it.'", "SIMILAR 1", "SEARCH the",
            "SHOW user 1", "SHOW item 1", "RATE 2 1 3", "UNRATE 2 1", "RATE new 1 5",
            "AUDIT resamples=100", "REPORT", "RETRAIN", "RETRAIN force seed=2", "DIFF 1 2",
            "REPRODUCE 1", "ROLLBACK", "PROMOTE 3 confirm_within=600", "CONFIRM",
            "FIDELITY users=10", "EXPORT user 1", "EXPORT parquet", "FORGET new", "GENERATIONS",
            "STATS", "METRICS", "SLOWLOG", "CLIENTS", "RELOAD",
        ]

        @Test("a daemon that did everything, and trained three times, ends with 0")
        func life() throws {
            let home = try DaemonHome()
            let token = try home.newToken("shop", "writer")
            let daemon = try DaemonProcess(
                startingIn: home, tcp: "127.0.0.1:0", options: ["--token-file", token])
            let address = try daemon.tcpAddress()
            let client = try daemon.client()
            var seen: Set<Verb> = []
            func ask(_ line: String, _ other: RawClient? = nil) throws -> RawClient.Answer {
                let answer = try (other ?? client).ask(line)
                #expect(!answer.isError, "\(line): \(answer.text)")
                seen.formUnion([try #require(RequestParser.parse(line, role: .operator).verb)])
                return answer
            }
            for line in Self.requests { _ = try ask(line) }
            let missed = try #require(try ask("RECOMMEND 1 k=100").rows.last?[1])
            _ = try ask("WHYNOT 1 \(missed)")

            let guest = try RawClient(tcp: address)
            let line = try String(contentsOfFile: token, encoding: .utf8)
            #expect(try !guest.prove(line).isError)
            seen.formUnion([.authenticate])
            let busy = try daemon.client()
            try busy.send("RETRAIN force sweeps=1000 rating_factors=255")
            // Until it has begun there is nothing to cancel.
            let end = ContinuousClock.now + .seconds(EndToEnd.timeoutSeconds)
            while try client.ask("CANCEL").isError, ContinuousClock.now < end {}
            seen.formUnion([.cancel])
            #expect(try busy.nextAnswer().isError)
            try busy.send("WATCH")
            _ = try ask("PING", busy)
            #expect(try !busy.nextAnswer().isError)
            seen.formUnion([.watch])
            let number = try #require(try client.ask("CLIENTS").rows.last?[0])
            _ = try ask("KILL \(number)")
            #expect(try busy.remainingLines().isEmpty)
            _ = try ask("QUIT", try daemon.client())
            _ = try ask("SHUTDOWN")
            #expect(try daemon.waitForEnd() == .exited(0), "\(daemon.log)")
            #expect(seen == Set(Verb.allCases))
        }
    }
}
