// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The protocol as somebody reads it who has only its page.
    @Suite("Second client")
    struct SecondClient {
        @Test(
            "a client written from PROTOCOL.md alone gets through a whole session",
            .enabled(if: PythonProgram.isPresent, "SKIPPED: no python3 of 3.9 or later"))
        func session() throws {
            let home = try DaemonHome()
            let titles = try PythonProgram.run("protocol_session.py", ["--titles"])
            try #require(titles.status == 0, "\(titles.output)")
            let movies = try FileHandle(forWritingTo: URL(filePath: home.data + "/movies.dat"))
            try movies.seekToEnd()
            try movies.write(contentsOf: Data(titles.output.utf8))
            try movies.close()
            let daemon = try DaemonProcess(startingIn: home, tcp: "127.0.0.1:0")
            let session = try PythonProgram.run(
                "protocol_session.py", [home.socket, try daemon.tcpAddress()])
            #expect(session.status == 0, "\(session.output)\n\(daemon.log)")
            #expect(session.output.split(separator: "\n").count { $0.hasPrefix("ok ") } == 9)
            #expect(try daemon.stop() == .exited(0))
        }

        @Test(
            "and proves a token by what the page says",
            .enabled(if: PythonProgram.isPresent, "SKIPPED: no python3 of 3.9 or later"))
        func tokens() throws {
            let home = try DaemonHome()
            let token = try home.newToken("second", "writer")
            let daemon = try DaemonProcess(
                startingIn: home, tcp: "127.0.0.1:0", options: ["--token-file", token])
            let session = try PythonProgram.run(
                "protocol_session.py", ["--tokens", try daemon.tcpAddress(), token])
            #expect(session.status == 0, "\(session.output)\n\(daemon.log)")
        }
    }
}
