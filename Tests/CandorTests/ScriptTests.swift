// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import Foundation
import Testing

@testable import candor

@Suite("A script")
struct ScriptTests {
    /// Answers the few requests that these tests make.
    private static let behaviour: FakeDaemon.Behaviour = { line in
        switch line {
        case "PING": "OK 0 generation=7\n"
        case "FORMAT json": "{\"protocol\":1,\"ok\":true}\n"
        case "INFO": "{\"protocol\":1,\"ok\":true,\"verb\":\"INFO\"}\n"
        case "RECOMMEND 1": "OK 1 generation=7 columns=rank,item\n 1\t50\n"
        case "RECOMMEND 0": "ERR 201 unknown-user no user 0\n"
        case "PREDICT 1 \"toy story\"": "ERR 202 unknown-item no item\n"
        case "SEARCH \"toy story\" limit=40":
            "OK 2 generation=7 columns=item,title\n 1\tToy Story (1995)\n 9\tToy Story 2 (1999)\n"
        case "PREDICT 1 1": "OK 0 generation=7 stars=4.5\n"
        case "QUIT": "OK 0 generation=7\n"
        case "FORGET 1": "OK 0 generation=7\n"
        case "SHUTDOWN": "OK 0 generation=7\n"
        default: nil
        }
    }

    /// Runs commands and returns the exit status and what was written.
    private func run(
        _ commands: [String], file: String? = nil, format: OutputFormat = .tsv,
        manners: Session.Manners = .init(), on daemon: FakeDaemon
    ) throws -> (candor.ExitStatus, String) {
        let path = daemon.directory + "/out"
        let session = Session(
            daemon: Daemon(endpoint: daemon.endpoint),
            terminal: Terminal(environment: [:], allowsColour: false), format: format,
            manners: manners)
        session.output = try Output(path: path)
        let status = try Script(commands: commands, file: file).run(in: session)
        return (status, try String(contentsOfFile: path, encoding: .utf8))
    }

    @Test("writes tab-separated answers and succeeds")
    func succeeds() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let (status, text) = try run(["PING", "RECOMMEND 1"], on: daemon)
        #expect(status == .ok)
        #expect(text == "# generation=7\n# generation=7\nrank\titem\n1\t50\n")
    }

    @Test("goes on after a refusal and says so in its exit status")
    func refused() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let (status, text) = try run(["RECOMMEND 0", "PING"], on: daemon)
        #expect(status == .refused)
        #expect(text == "# generation=7\n")
    }

    @Test("does not stop the daemon unless that is confirmed")
    func confirmation() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        #expect(try run(["SHUTDOWN"], on: daemon).0 == .usage)
        #expect(try run(["@1 shutdown"], on: daemon).0 == .usage)
        #expect(daemon.lines.isEmpty)
        #expect(try run(["SHUTDOWN"], manners: .init(isConfirmed: true), on: daemon).0 == .ok)
        #expect(daemon.lines == ["SHUTDOWN"])
    }

    @Test("does not forget a user unless that is confirmed")
    func confirmationOfForgetting() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        #expect(try run(["FORGET 1"], on: daemon).0 == .usage)
        #expect(daemon.lines.isEmpty)
        #expect(try run(["FORGET 1"], manners: .init(isConfirmed: true), on: daemon).0 == .ok)
        #expect(daemon.lines == ["FORGET 1"])
    }

    @Test("passes the server's JSON on as it is")
    func json() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let (status, text) = try run(["INFO"], format: .json, on: daemon)
        #expect(status == .ok)
        #expect(text == "{\"protocol\":1,\"ok\":true,\"verb\":\"INFO\"}\n")
        #expect(daemon.lines == ["FORMAT json", "INFO"])
    }

    @Test("reads files without blank lines and comments, and stops at QUIT")
    func files() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let path = daemon.directory + "/in"
        try "# a comment\n\nPING\r\n  PING\nQUIT\nPING".write(
            toFile: path, atomically: false, encoding: .utf8)
        #expect(try run([], file: path, on: daemon).0 == .ok)
        #expect(daemon.lines == ["PING", "PING", "QUIT"])
    }

    @Test("a file that includes itself is refused")
    func recursion() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let path = daemon.directory + "/in"
        try "\\i \(path)\n".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(try run([], file: path, on: daemon).0 == .usage)
    }

    @Test("a broken connection ends it")
    func broken() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let error = #expect(throws: ClientError.self) {
            _ = try run(["STATS", "PING"], on: daemon)
        }
        #expect(error == .connection(.closed(daemon.endpoint)))
        #expect(error?.exitStatus == .noConnection)
    }

    @Test("a person's title stands for the one item that has it")
    func titles() throws {
        let daemon = try FakeDaemon(Self.behaviour)
        let (status, text) = try run(
            ["PREDICT 1 \"toy story\""], manners: .person(isConfirmed: false), on: daemon)
        #expect(status == .ok)
        #expect(text == "# generation=7 stars=4.5\n")
        #expect(
            try run(["PREDICT 1 \"toy story\""], on: daemon).0 == .refused,
            "a script's words are taken as they are")
    }

    @Test("a question is asked again on a new connection when the old one has broken")
    func reconnects() throws {
        let broke = Once()
        let daemon = try FakeDaemon { line in broke.isFirst() ? nil : Self.behaviour(line) }
        let (status, text) = try run(
            ["PING"], manners: .person(isConfirmed: false), on: daemon)
        #expect(status == .ok)
        #expect(text == "# generation=7\n")
        #expect(daemon.lines == ["PING", "PING"])
    }

    @Test("a change is never sent twice")
    func neverTwice() throws {
        let daemon = try FakeDaemon { _ in nil }
        #expect(throws: ClientError.connection(.closed(daemon.endpoint))) {
            _ = try run(["UNRATE 1 2"], manners: .person(isConfirmed: false), on: daemon)
        }
        #expect(daemon.lines == ["UNRATE 1 2"])
    }
}
