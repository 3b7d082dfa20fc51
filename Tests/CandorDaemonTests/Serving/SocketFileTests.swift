// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Foundation
import Testing

@testable import CandorDaemon

struct SocketFileTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("s") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("the socket and a folder made for it are for owner and group")
    func modes() throws {
        let path = directory.file("new/s")
        let server = try RunningServer(path)
        #expect(try permissions(path) == 0o660)
        #expect(try permissions(directory.file("new")) == 0o750)
        #expect(server.names == [path])
    }

    @Test("the leftover of a dead daemon is replaced")
    func leftover() throws {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = try SocketAddress.withUnix(path) { bind(number, $0, $1) }
        #expect(bound == 0)
        close(number)
        #expect(FileManager.default.fileExists(atPath: path))
        let server = try RunningServer(path)
        #expect(try TestClient(unix: path).line() != nil)
        #expect(server.names == [path])
    }

    @Test("a second daemon on the same path is refused and the first goes on")
    func second() throws {
        let server = try RunningServer(path)
        let error = #expect(throws: ServingError.self) { try RunningServer(path) }
        #expect(error == .alreadyServed(path: path))
        #expect(try TestClient(unix: path).line() != nil)
        #expect(server.names == [path])
    }

    @Test("a file that is no socket is left alone")
    func notASocket() throws {
        try Data("precious".utf8).write(to: URL(filePath: path))
        #expect(throws: ServingError.notASocket(path: path)) { try RunningServer(path) }
        #expect(FileManager.default.contents(atPath: path) == Data("precious".utf8))
    }

    @Test("a socket that has taken the path is not removed at the end")
    func replaced() throws {
        let first = try RunningServer(path)
        try FileManager.default.removeItem(atPath: path)
        let second = try RunningServer(path)
        first.handle.requestStop()
        first.waitUntilEnded()
        #expect(try TestClient(unix: path).line() != nil)
        #expect(second.names == [path])
    }

    @Test("paths that cannot hold a socket are refused with the reason")
    func badPaths() throws {
        let long = directory.file(String(repeating: "x", count: 120))
        #expect(throws: ServingError.pathTooLong(path: long, bytesMax: 107)) {
            try RunningServer(long)
        }
        let orphan = directory.file("a/b/s")
        #expect(throws: ServingError.noFolder(path: orphan)) { try RunningServer(orphan) }
    }

    @Test("nothing to listen on is an error")
    func noEndpoints() {
        #expect(throws: ServingError.noEndpoints) { try RunningServer([]) }
    }

    @Test("a socket that the service manager opened is served and its file left in place")
    func inherited() throws {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = try SocketAddress.withUnix(path) { bind(number, $0, $1) }
        #expect(bound == 0)
        #expect(listen(number, 8) == 0)
        let early = try TestClient(unix: path)
        let endpoint = Endpoint.inherited(InheritedSocket(descriptor: number, name: "readonly"))
        let server = try RunningServer([endpoint])
        #expect(server.names == ["socket readonly"])
        #expect(try early.line()?.hasSuffix("role=reader") == true)
        server.handle.requestStop()
        server.waitUntilEnded()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("a passed descriptor that does not listen is refused")
    func inheritedNotListening() {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let error = #expect(throws: ServingError.self) {
            try RunningServer([.inherited(.init(descriptor: number, name: "control"))])
        }
        #expect(error?.description.contains("is not a listening stream socket") == true)
    }

    @Test("a passed TCP socket that other machines can reach is refused")
    func inheritedNotLoopback() {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // Unbound, it listens on every address and a port of the kernel's choice.
        #expect(listen(number, 1) == 0)
        let error = #expect(throws: ServingError.self) {
            try RunningServer([.inherited(.init(descriptor: number, name: "tcp"))])
        }
        #expect(error?.description.contains("is not a loopback address") == true)
    }
}
