// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import TestSupport
import Testing

@testable import CandorDaemon

/// Peers that take too long.
@Suite("Deadlines")
struct ServerDeadlineTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func server(
        _ role: Role = .operator, change: (inout ServingOptions) -> Void
    ) throws -> RunningServer {
        var options = ServingOptions()
        change(&options)
        let endpoint: Endpoint =
            role == .guest
            ? .tcp(try NetworkAddress("127.0.0.1:0"), role: role) : .unix(directory.file("s"))
        return try RunningServer([endpoint], options: options)
    }

    @Test("an idle connection is told so and closed; one that asks now and then is not")
    func idle() throws {
        let server = try server { $0.idleSeconds = 0.4 }
        let (idle, busy) = (
            try TestClient(unix: server.names[0]), try TestClient(unix: server.names[0])
        )
        #expect(try idle.line()?.hasPrefix("CANDOR") == true)
        #expect(try busy.line()?.hasPrefix("CANDOR") == true)
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(1) {
            try busy.send("PING\n")
            #expect(try busy.line() == "OK 0 generation=7")
            Thread.sleep(forTimeInterval: 0.05)
        }
        #expect(try idle.line()?.hasPrefix("ERR 418 idle-too-long ") == true)
        #expect(try idle.line() == nil)
        #expect(server.service.abandoned == [1])
    }

    @Test("bytes without a whole line do not keep a connection open, a pending answer does")
    func trickle() throws {
        let server = try server { $0.idleSeconds = 0.3 }
        let (slow, waiting) = (
            try TestClient(unix: server.names[0]), try TestClient(unix: server.names[0])
        )
        _ = try slow.line()
        _ = try waiting.line()
        try waiting.send("RETRAIN\n")
        var isRefused = false
        for _ in 0..<40 where !isRefused {
            do {
                try slow.send("x")
            } catch {
                isRefused = true
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        #expect(isRefused)
        #expect(server.service.openConnections == 1)
        server.service.answerOne()
        server.wake()
        #expect(try waiting.line() == "OK 0 generation=7")
        #expect(try waiting.line()?.hasPrefix("ERR 418 ") == true)
    }

    @Test("a peer that takes none of its answers is closed, one that takes them slowly is not")
    func writing() throws {
        let server = try server { $0.writeSeconds = Sanitizer.patience(0.4) }
        let (stuck, slow) = (
            try TestClient(unix: server.names[0]), try TestClient(unix: server.names[0])
        )
        // More than the kernel holds for a peer.
        let count = 400
        let requests = String(repeating: "SHOW user 1\n", count: count)
        try stuck.send(requests)
        try slow.send(requests)
        let lines = 1 + count * (1 + FakeService.rows)
        for number in 0..<lines {
            #expect(try slow.line() != nil)
            if number % (lines / 20) == 0 {
                Thread.sleep(forTimeInterval: Sanitizer.patience(0.05))
            }
        }
        #expect(server.service.abandoned == [1])
        #expect(server.log.lines.contains { $0.contains("takes no answers") })
        try slow.send("PING\n")
        #expect(try slow.line() == "OK 0 generation=7")
    }

    @Test("a guest has so long for a proof, whatever it asks meanwhile")
    func overdue() throws {
        let server = try server(.guest) { $0.authenticationSeconds = 0.4 }
        let (guest, known) = (
            try TestClient(tcp: server.names[0]), try TestClient(tcp: server.names[0])
        )
        _ = try guest.line()
        _ = try known.line()
        try known.send("AUTH a writer proof=right\n")
        #expect(try known.line()?.hasPrefix("OK ") == true)
        var last = ""
        while last.hasPrefix("ERR ") == false {
            try guest.send("PING\n")
            guard let line = try guest.line() else { break }
            last = line
        }
        #expect(last.hasPrefix("ERR 306 authentication-overdue "))
        try known.send("RATE 1 a 4\n")
        while server.service.waitingCount == 0 { Thread.sleep(forTimeInterval: 0.01) }
        server.service.answerOne()
        server.wake()
        #expect(try known.line() == "OK 0 generation=7 rated=a")
    }

    @Test("without time-outs nobody is closed, and the loop sleeps")
    func never() throws {
        let server = try server {
            ($0.idleSeconds, $0.writeSeconds, $0.authenticationSeconds) = (0, 0, 0)
        }
        let client = try TestClient(unix: server.names[0])
        _ = try client.line()
        Thread.sleep(forTimeInterval: 0.3)
        try client.send("PING\n")
        #expect(try client.line() == "OK 0 generation=7")
    }
}
