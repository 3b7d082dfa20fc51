// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Testing

@Suite("A connection")
struct ConnectionTests {
    @Test("reads the greeting, then answers and refusals in order")
    func asks() throws {
        let daemon = try FakeDaemon { line in
            line == "PING"
                ? "OK 0 generation=7\n" : "ERR 102 unknown-verb there is no verb \"PIN\"\n"
        }
        let connection = try Connection(to: daemon.endpoint)
        #expect(connection.greeting.generation == 7)
        #expect(connection.greeting.role == .operator)
        #expect(try connection.ask("PING") == .success(ReceivedReply(generation: 7)))
        let refusal = try connection.ask("PIN")
        #expect(
            refusal
                == .failure(
                    ReceivedError(
                        code: 102, name: "unknown-verb", message: "there is no verb \"PIN\"")))
    }

    @Test("reports progress before the answer")
    func progress() throws {
        let daemon = try FakeDaemon { _ in
            "* 25 training\n* 75 saving\nOK 1 generation=8 columns=a\n x\n"
        }
        var seen: [Progress] = []
        let answer = try Connection(to: daemon.endpoint).ask("RETRAIN") { seen.append($0) }
        #expect(
            seen == [
                Progress(fraction: 0.25, stage: "training"),
                Progress(fraction: 0.75, stage: "saving"),
            ])
        #expect(try answer.get().rows == [["x"]])
    }

    @Test("says when nothing listens, and what to do")
    func nobody() throws {
        let endpoint = try Endpoint(socketPath: "/nonexistent/candord.sock")
        let error = #expect(throws: ConnectionError.self) { _ = try Connection(to: endpoint) }
        #expect(error == .noDaemon(endpoint))
        #expect(error?.description.contains("candord serve") == true)
    }

    @Test("tells an answer cut short from a whole one, and knows that the other side has gone")
    func closes() throws {
        let daemon = try FakeDaemon { _ in nil }
        let connection = try Connection(to: daemon.endpoint)
        #expect(!connection.isClosedByPeer)
        #expect(throws: ConnectionError.closed(daemon.endpoint)) { _ = try connection.ask("PING") }
        #expect(connection.isClosedByPeer)
    }

    @Test("refuses to talk to what is no candord of this protocol")
    func strangers() throws {
        for greeting in [
            "220 mail.example ESMTP\n", "CANDOR 2 candord/9 generation=1 role=reader\n",
        ] {
            let daemon = try FakeDaemon(greeting: greeting) { _ in nil }
            let error = #expect(throws: ConnectionError.self) {
                _ = try Connection(to: daemon.endpoint)
            }
            guard case .notCandor = error else {
                Issue.record("\(greeting) gave \(String(describing: error))")
                continue
            }
        }
    }

    @Test("reports a daemon that refuses the connection with its own words")
    func refusedConnection() throws {
        let daemon = try FakeDaemon(greeting: "ERR 403 limit-exceeded too many connections\n") {
            _ in nil
        }
        #expect(
            throws: ConnectionError.refused(
                daemon.endpoint, code: 403, "too many connections")
        ) { _ = try Connection(to: daemon.endpoint) }
    }

    @Test("gives up on a silent daemon after the time allowed")
    func timeout() throws {
        let daemon = try FakeDaemon { _ in "" }
        let connection = try Connection(to: daemon.endpoint)
        #expect(throws: ConnectionError.timedOut(daemon.endpoint, seconds: 0)) {
            _ = try connection.ask("PING", timeoutSeconds: 0)
        }
    }
}
