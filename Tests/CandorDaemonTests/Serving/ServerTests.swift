// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import Testing

@testable import CandorDaemon

struct ServerTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("s") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private static let greeting = "CANDOR 1 candord/test generation=7 role=operator"

    /// Connects and takes the greeting.
    private func client() throws -> TestClient {
        let client = try TestClient(unix: path)
        #expect(try client.line() == Self.greeting)
        return client
    }

    @Test("pipelined requests are answered in order, over several connections at once")
    func pipelining() throws {
        let server = try RunningServer(path)
        let clients = try (0..<4).map { _ in try client() }
        let count = 500
        for (number, client) in clients.enumerated() {
            try client.send((0..<count).map { "PREDICT 1 \(number)-\($0)\n" }.joined())
        }
        for (number, client) in clients.enumerated() {
            for index in 0..<count {
                #expect(try client.line() == "OK 0 generation=7 item=\(number)-\(index)")
            }
        }
        #expect(server.service.openConnections == 4)
    }

    @Test("answers made ready on other threads arrive, each where it belongs")
    func deferredAnswers() throws {
        let server = try RunningServer(path)
        let clients = try (0..<4).map { _ in try client() }
        let count = 200
        for (number, client) in clients.enumerated() {
            try client.send((0..<count).map { "RATE 1 \(number)-\($0) 4\n" }.joined())
        }
        let service = server.service
        let handle = server.handle
        let answered = DispatchSemaphore(value: 0)
        for _ in 0..<3 {
            Thread {
                while service.begun.count < 4 * count || service.waitingCount > 0 {
                    service.answerOne()
                    handle.wake()
                }
                answered.signal()
            }.start()
        }
        for (number, client) in clients.enumerated() {
            for index in 0..<count {
                #expect(try client.line() == "OK 0 generation=7 rated=\(number)-\(index)")
            }
        }
        for _ in 0..<3 { answered.wait() }
    }

    @Test("a peer that ends its input gets everything it asked for, then the end")
    func halfClose() throws {
        let server = try RunningServer(path)
        let client = try client()
        try client.send("PING\nRATE 1 a 4\nPREDICT 1 b\n")
        client.endInput()
        #expect(try client.line() == "OK 0 generation=7")
        server.service.answerAll()
        server.wake()
        #expect(
            try client.remainingLines() == [
                "OK 0 generation=7 rated=a", "OK 0 generation=7 item=b",
            ])
    }

    @Test("a peer that does not read stops being served, and loses nothing once it reads")
    func backpressure() throws {
        var options = ServingOptions()
        options.session.outputBytesMax = 4096
        options.session.requestsPerTurnMax = 8
        let server = try RunningServer(path, options: options)
        let slow = try client()
        let other = try client()
        let count = 2000
        try slow.send(String(repeating: "SHOW user 1\n", count: count))
        // Each answer here is a turn there: without a bound, all would have begun by then.
        for _ in 0..<count {
            try other.send("PING\n")
            #expect(try other.line() == "OK 0 generation=7")
        }
        let begun = server.service.begun.count { $0.verb == .show }
        #expect(begun > 0 && begun < count)
        slow.endInput()
        let lines = try slow.remainingLines()
        #expect(lines.count == count * (FakeService.rows + 1))
        #expect(lines.count { $0.hasPrefix("OK ") } == count)
    }

    @Test("a line that is too long is refused and the connection closed")
    func longLine() throws {
        let server = try RunningServer(path)
        let client = try client()
        try client.send("PING\n" + String(repeating: "x", count: 100_000))
        #expect(try client.line() == "OK 0 generation=7")
        #expect(try client.line()?.hasPrefix("ERR 106 line-too-long ") == true)
        #expect(try client.line() == nil)
        #expect(server.service.begun == [.ping])
    }

    @Test("one connection too many is told so and closed; a place that is left is given again")
    func connectionLimit() throws {
        var options = ServingOptions()
        options.connectionsMax = 2
        let server = try RunningServer(path, options: options)
        let first = try client()
        let second = try client()
        let third = try TestClient(unix: path)
        #expect(
            try third.line()?.hasPrefix("ERR 403 limit-exceeded 2 connections are open") == true)
        #expect(try third.line() == nil)
        try first.send("QUIT\n")
        #expect(try first.remainingLines() == ["OK 0 generation=7"])
        let fourth = try client()
        try fourth.send("PING\n")
        #expect(try fourth.line() == "OK 0 generation=7")
        try second.send("PING\n")
        #expect(try second.line() == "OK 0 generation=7")
        #expect(server.log.lines.count { $0.contains("connections are refused") } == 1)
    }

    @Test("a peer that has gone is reported to the service, and its late answers are dropped")
    func abandon() throws {
        let server = try RunningServer(path)
        do {
            let client = try client()
            try client.send("PING\nRETRAIN\n")
            _ = try client.line()
        }
        let other = try client()
        while server.service.abandoned.isEmpty {
            try other.send("PING\n")
            #expect(try other.line() == "OK 0 generation=7")
        }
        #expect(server.service.abandoned == [1])
        #expect(server.service.openConnections == 1)
    }

    @Test("KILL closes the connections it names, other requests of the pipeline are answered")
    func kill() throws {
        let server = try RunningServer(path)
        let victims = try [client(), client()]
        let killer = try client()
        try killer.send("KILL 1\nKILL 2\nKILL 77\nPING\n")
        for _ in 0..<4 { #expect(try killer.line() == "OK 0 generation=7") }
        for victim in victims { #expect(try victim.line() == nil) }
        #expect(Set(server.service.abandoned) == [1, 2])
        try killer.send("KILL 3\n")
        #expect(try killer.line() == "OK 0 generation=7")
        #expect(try killer.line() == nil)
    }

    @Test("the service learns who connects: number, role, socket, process and user")
    func peers() throws {
        let server = try RunningServer(path)
        _ = try client()
        #expect(
            server.service.peers == [
                Peer(
                    connection: 1, role: .operator, endpoint: path, processID: Int(getpid()),
                    userID: Int(getuid()), owner: "user \(getuid())")
            ])
    }

    @Test("requests of a peer that leaves at once are still begun")
    func writeAndLeave() throws {
        let server = try RunningServer(path)
        do {
            let client = try client()
            try client.send(String(repeating: "RATE 1 a 4\n", count: 200))
        }
        let other = try client()
        while server.service.abandoned.isEmpty {
            try other.send("PING\n")
            #expect(try other.line() == "OK 0 generation=7")
        }
        #expect(server.service.begun.count { $0.verb == .rate } == 200)
    }

    @Test("each listener gives its own role, TCP on a port of the kernel's choice included")
    func listeners() throws {
        let server = try RunningServer([
            .unix(path), .unix(directory.file("ro"), role: .reader),
            .tcp(try NetworkAddress("127.0.0.1:0"), role: .writer),
            .tcp(try NetworkAddress("[::1]:0"), role: .writer),
        ])
        let clients = [
            try TestClient(unix: server.names[0]), try TestClient(unix: server.names[1]),
            try TestClient(tcp: server.names[2]), try TestClient(tcp: server.names[3]),
        ]
        for (client, role) in zip(clients, ["operator", "reader", "writer", "writer"]) {
            #expect(try client.line() == "CANDOR 1 candord/test generation=7 role=\(role)")
            try client.send("PREDICT 1 x\n")
            #expect(try client.line() == "OK 0 generation=7 item=x")
        }
    }

    @Test("no log line holds a control character, whatever clients send")
    func logLines() throws {
        let server = try RunningServer(path)
        let client = try client()
        try client.send("\u{1B}[31mPING\u{7}\nPREDICT \u{1B} \u{8}\n@\u{1} PING\n")
        client.endInput()
        #expect(try client.remainingLines().count == 3)
        server.handle.requestStop()
        server.waitUntilEnded()
        let lines = server.log.lines
        #expect(lines.contains { $0.contains("connection closed") })
        for line in lines {
            #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
    }
}
