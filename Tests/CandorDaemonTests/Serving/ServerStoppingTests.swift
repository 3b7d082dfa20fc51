// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

struct ServerStoppingTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("s") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func client() throws -> TestClient {
        let client = try TestClient(unix: path)
        #expect(try client.line() != nil)
        return client
    }

    @Test("a drain answers what is under way, refuses the rest, and ends")
    func drain() throws {
        let server = try RunningServer(path)
        let busy = try client()
        let idle = try client()
        try busy.send("PING\nRATE 1 a 4\nPING\n")
        #expect(try busy.line() == "OK 0 generation=7")
        server.handle.requestStop()
        #expect(try idle.line() == nil)
        #expect(throws: TestClient.Failure.self) { try TestClient(unix: path) }
        server.service.answerAll()
        server.wake()
        #expect(try busy.line() == "OK 0 generation=7 rated=a")
        #expect(try busy.line()?.hasPrefix("ERR 404 shutting-down ") == true)
        #expect(try busy.line() == nil)
        server.waitUntilEnded()
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(server.service.openConnections == 0)
    }

    @Test("who has connected and not asked yet may still ask once in a drain")
    func fresh() throws {
        var options = ServingOptions()
        options.freshSeconds = 60
        let server = try RunningServer(path, options: options)
        let (fresh, known) = (try client(), try client())
        try known.send("PING\n")
        #expect(try known.line() == "OK 0 generation=7")
        server.handle.requestStop()
        #expect(try known.line() == nil)
        try fresh.send("PING\n")
        #expect(try fresh.line() == "OK 0 generation=7")
        #expect(try fresh.line() == nil)
        server.waitUntilEnded()
    }

    @Test("a drain waits no longer than it may")
    func drainBound() throws {
        var options = ServingOptions()
        options.drainSeconds = 0
        let server = try RunningServer(path, options: options)
        let client = try client()
        try client.send("PING\nRETRAIN\n")
        #expect(try client.line() == "OK 0 generation=7")
        server.handle.requestStop()
        server.waitUntilEnded()
        #expect(try client.line() == nil)
        #expect(server.service.abandoned == [1])
        #expect(server.log.lines.contains { $0.contains("the drain's time is over") })
    }

    @Test("a drain in progress ends at once when asked to")
    func stopImmediately() throws {
        let server = try RunningServer(path)
        let busy = try client()
        let idle = try client()
        try busy.send("PING\nRETRAIN\n")
        _ = try busy.line()
        server.handle.requestStop()
        #expect(try idle.line() == nil)
        server.handle.requestStop(immediately: true)
        server.waitUntilEnded()
        #expect(try busy.line() == nil)
    }

    @Test("SHUTDOWN is answered, then the server ends, even when its sender has ended its input")
    func shutdownVerb() throws {
        for endsInput in [false, true] {
            let server = try RunningServer(path)
            let other = try client()
            let client = try client()
            try client.send("SHUTDOWN\n")
            if endsInput { client.endInput() }
            #expect(try client.remainingLines() == ["OK 0 generation=7"])
            #expect(try other.line() == nil)
            server.waitUntilEnded()
        }
    }

    @Test("a handle may be used before the server runs and after it has ended")
    func handleLifetime() throws {
        let handle = try ServerHandle()
        handle.wake()
        handle.wake()
        handle.requestStop()
        let server = try RunningServer([.unix(path)], handle: handle)
        server.waitUntilEnded()
        handle.wake()
        handle.requestStop(immediately: true)
    }

    @Test("what became ready before the server ran is collected")
    func earlyWake() throws {
        let handle = try ServerHandle()
        let service = FakeService()
        service.swapGeneration()
        handle.wake()
        let server = try RunningServer([.unix(path)], service: service, handle: handle)
        let client = try TestClient(unix: server.names[0])
        #expect(try client.line() == "CANDOR 1 candord/test generation=8 role=operator")
    }
}
