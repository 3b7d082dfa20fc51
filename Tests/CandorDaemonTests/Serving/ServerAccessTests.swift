// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Glibc
import Testing

@testable import CandorDaemon

/// Who may do what, by the way they come.
@Suite("Access")
struct ServerAccessTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A way in, and the role it should end in.
    struct Way: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let role: Role
        let endpoint: @Sendable (TemporaryDirectory) throws -> Endpoint
        var proof: String?
    }

    private static let ways =
        [
            Way(testDescription: "the Unix socket", role: .operator) { .unix($0.file("s")) },
            Way(testDescription: "the read-only socket", role: .reader) {
                .unix($0.file("ro"), role: .reader)
            },
            Way(testDescription: "TCP without tokens", role: .writer) { _ in
                .tcp(try NetworkAddress("127.0.0.1:0"), role: .writer)
            },
            Way(testDescription: "TCP before a proof", role: .guest) { _ in
                .tcp(try NetworkAddress("127.0.0.1:0"), role: .guest)
            },
            Way(testDescription: "a listening socket passed on, named readonly", role: .reader) {
                _ in try inherited("readonly")
            },
            Way(testDescription: "a TCP socket passed on", role: .writer) { _ in
                try inherited("control")
            },
        ]
        + Role.granted.map { role in
            Way(
                testDescription: "a \(role.rawValue)'s token", role: role,
                endpoint: { _ in .tcp(try NetworkAddress("127.0.0.1:0"), role: .guest) },
                proof: "AUTH somebody \(role.rawValue) proof=right")
        }

    /// A loopback socket as a service manager passes it.
    private static func inherited(_ name: String) throws -> Endpoint {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let bound = try NetworkAddress("127.0.0.1:0").withSocketAddress { bind(number, $0, $1) }
        try #require(bound == 0 && listen(number, 8) == 0)
        return .inherited(InheritedSocket(descriptor: number, name: name))
    }

    @Test("every verb is open to its role and those above, and closed to others", arguments: ways)
    func wholeTable(_ way: Way) throws {
        let server = try RunningServer([try way.endpoint(directory)])
        func connect() throws -> TestClient {
            let name = server.names[0]
            let client =
                name.hasPrefix("/") ? try TestClient(unix: name) : try TestClient(tcp: name)
            let greeted: Role = way.proof == nil ? way.role : .guest
            #expect(try client.line()?.hasSuffix("role=\(greeted.rawValue)") == true)
            if let proof = way.proof {
                try client.send(proof + "\n")
                #expect(try client.line()?.hasPrefix("OK ") == true)
            }
            return client
        }
        for verb in Verb.allCases {
            // An option that no verb has is looked at only after the role.
            let client = try connect()
            try client.send("@t \(verb.rawValue) zz=1\n")
            let line = try #require(try client.line())
            let code: WireCode =
                verb.specification.role <= way.role
                ? .unknownOption : way.role == .guest ? .authenticationRequired : .notPermitted
            #expect(line.hasPrefix("@t ERR \(code.rawValue) \(code.name) "), "\(line)")
        }
        #expect(server.service.begun.allSatisfy { $0.verb == .authenticate })
    }

    @Test("an address that others reach is refused where nobody must prove who they are")
    func remote() throws {
        let address = try NetworkAddress("0.0.0.0:0")
        let error = #expect(throws: ServingError.self) {
            try RunningServer([.tcp(address, role: .reader)])
        }
        #expect(error == .notLoopback("0.0.0.0:0"))
        #expect(error?.description.contains("token-file") == true)
        _ = try RunningServer([.tcp(address, role: .guest)])
    }

    @Test("an admitted connection's peer is known by address, without its port for limits")
    func peer() throws {
        let server = try RunningServer([.tcp(try NetworkAddress("127.0.0.1:0"), role: .writer)])
        let client = try TestClient(tcp: server.names[0])
        _ = try client.line()
        let peer = try #require(server.service.peers.first)
        #expect(peer.address?.hasPrefix("127.0.0.1:") == true)
        #expect(peer.address != server.names[0])
        #expect(peer.owner == "127.0.0.1")
        #expect(peer.userID == nil)
    }

    @Test("one peer has so many connections at a time, another finds room")
    func perPeer() throws {
        var options = ServingOptions()
        options.connectionsPerPeerMax = 2
        let server = try RunningServer(
            [.unix(directory.file("s")), .tcp(try NetworkAddress("127.0.0.1:0"), role: .writer)],
            options: options)
        let name = server.names[1]
        func connect() throws -> (TestClient, String?) {
            let client = try TestClient(tcp: name)
            return (client, try client.line())
        }
        let first = try connect()
        var second = Optional(try connect())
        let third = try connect()
        #expect(first.1?.hasPrefix("CANDOR ") == true && second?.1?.hasPrefix("CANDOR ") == true)
        #expect(third.1?.hasPrefix("ERR 403 limit-exceeded 2 connections of 127.0.0.1") == true)
        #expect(try third.0.line() == nil)
        #expect(try TestClient(unix: server.names[0]).line()?.hasPrefix("CANDOR ") == true)
        second = nil
        // The server notices that it has gone in its own time.
        while try connect().1?.hasPrefix("CANDOR ") != true {}
    }

    @Test("those who have proven nothing fill a quarter of the room, and a proof makes room")
    func guests() throws {
        var options = ServingOptions()
        options.connectionsMax = 8
        let server = try RunningServer(
            [.tcp(try NetworkAddress("127.0.0.1:0"), role: .guest)], options: options)
        func connect() throws -> (TestClient, String?) {
            let client = try TestClient(tcp: server.names[0])
            return (client, try client.line())
        }
        let guests = [try connect(), try connect()]
        #expect(guests.allSatisfy { $0.1?.hasSuffix("role=guest") == true })
        #expect(try connect().1?.hasPrefix("ERR 403 limit-exceeded 2 connections have not") == true)
        try guests[0].0.send("AUTH a reader proof=right\n")
        #expect(try guests[0].0.line()?.hasPrefix("OK ") == true)
        let next = try connect()
        #expect(next.1?.hasSuffix("role=guest") == true)
        #expect(try connect().1?.hasPrefix("ERR 403 ") == true)
    }
}
