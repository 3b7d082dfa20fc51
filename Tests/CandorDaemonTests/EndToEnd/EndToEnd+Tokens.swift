// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// TCP with tokens, and Unix sockets with roles, as an administrator sets them up.
    @Suite("Tokens and roles")
    struct Tokens {
        /// Runs the client over TCP and returns how it ended and all that it wrote.
        private func ask(
            _ address: String, _ request: String, _ options: [String] = [],
            environment: [String: String] = [:]
        ) throws -> (ending: ChildProgram.Ending, text: String) {
            let run = try ChildProgram.run(
                "candor", ["--tcp", address, "--tsv", "-c", request] + options,
                environment: environment)
            return (run.ending, run.output + run.errors)
        }

        @Test("a token gives its role over TCP, and no secret is seen anywhere")
        func tokens() throws {
            let home = try DaemonHome()
            let (shop, boss) = (
                try home.newToken("shop", "writer"), try home.newToken("boss", "operator")
            )
            let texts = try [shop, boss].map { try String(contentsOfFile: $0, encoding: .utf8) }
            let tokens = home.file("tokens")
            try home.write(texts.joined(), to: tokens)
            let daemon = try DaemonProcess(
                startingIn: home, tcp: "127.0.0.1:0",
                options: ["--token-file", tokens, "--log-level", "trace"])
            let address = try daemon.tcpAddress()
            #expect(try ask(address, "PING").ending == .exited(0))
            let refused = try ask(address, "RECOMMEND 1")
            #expect(refused.ending == .exited(3) && refused.text.contains("--token-file"))
            #expect(try ask(address, "RATE 1 1 5", ["--token-file", shop]).ending == .exited(0))
            #expect(try ask(address, "AUDIT", ["--token-file", shop]).ending == .exited(3))
            let listed = try ask(address, "CLIENTS", environment: ["CANDOR_TOKEN_FILE": boss])
            #expect(listed.ending == .exited(0) && listed.text.contains("boss"))
            let strange = try home.newToken("shop", "operator")
            let failed = try ask(address, "PING", ["--token-file", strange])
            #expect(failed.ending == .exited(2) && failed.text.contains("(303)"), "\(failed)")

            // Taken back, it ends the connections that it opened.
            let old = try RawClient(tcp: address)
            _ = try old.prove(texts[0])
            #expect(try !old.ask("RECOMMEND 1").isError)
            try home.write(texts[1], to: tokens)
            let reloaded = try ask(address, "RELOAD", ["--token-file", boss])
            #expect(reloaded.text.contains("2 tokens\t1 token\tapplied"), "\(reloaded)")
            #expect(try old.remainingLines().isEmpty)
            try home.write("shop writer", to: tokens)
            #expect(try ask(address, "RELOAD", ["--token-file", boss]).text.contains("(408)"))
            let shown = try ask(address, "METRICS", ["--token-file", boss]).text
            #expect(shown.contains("candor_authentications_total{outcome=\"failed\"} 1"))

            #expect(try daemon.stop() == .exited(0))
            for text in texts {
                let secret = try #require(text.split(whereSeparator: \.isWhitespace).last)
                for seen in [daemon.log, refused.text, listed.text, failed.text, shown] {
                    #expect(!seen.contains(secret.prefix(16)))
                }
            }
        }

        @Test("files that others may read are refused by the daemon and by the client")
        func modes() throws {
            let home = try DaemonHome()
            let token = try home.newToken("shop", "writer")
            #expect(chmod(token, 0o644) == 0)
            let client = try ask("127.0.0.1:1", "PING", ["--token-file", token])
            #expect(client.ending == .exited(1) && client.text.contains("chmod 600"))
            let settings = [
                "--state", home.state, "--data", home.data, "--socket", home.socket,
                "--token-file", token,
            ]
            for command in ["check", "serve"] {
                let run = try ChildProgram.run("candord", [command] + settings)
                #expect(run.ending == .exited(78))
                #expect((run.output + run.errors).contains("chmod 600"))
            }
        }

        @Test("other machines' addresses need tokens, and candord check says so")
        func remote() throws {
            let home = try DaemonHome()
            let settings = [
                "--state", home.state, "--data", home.data, "--socket", home.socket,
                "--tcp", "0.0.0.0:0",
            ]
            for command in ["check", "serve"] {
                let run = try ChildProgram.run("candord", [command] + settings)
                #expect(run.ending == .exited(78))
                #expect((run.output + run.errors).contains("set token-file"))
            }
            let token = try home.newToken("shop", "writer")
            let check = try ChildProgram.run(
                "candord", ["check"] + settings + ["--token-file", token])
            #expect(check.ending == .exited(0), "\(check)")
        }

        private static let setpriv = "/usr/bin/setpriv"
        private static let canChangeUser =
            getuid() == 0 && FileManager.default.isExecutableFile(atPath: setpriv)

        @Test(
            "a Unix socket gives each user the configured role, and strangers none",
            .enabled(
                if: canChangeUser, "SKIPPED: only root, with setpriv, can connect as other users"))
        func users() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess(
                startingIn: home,
                options: [
                    "--socket-mode", "0666", "--readonly-socket", home.file("ro"), "--roles",
                    "4000001:writer,@4000009:reader",
                ])
            try daemon.waitForLog("listening on \(home.file("ro"))")
            #expect(chmod(home.file(""), 0o755) == 0)
            let candor = try BuiltProgram.path("candor")
            func hello(_ user: Int, _ group: Int, _ socket: String) throws -> String {
                let run = try FinishedProgram(
                    Self.setpriv,
                    [
                        "--reuid=\(user)", "--regid=\(group)", "--clear-groups", candor, "--socket",
                        socket, "--json", "-c", "HELLO",
                    ])
                return run.output
            }
            #expect(try hello(4_000_001, 5, home.socket).contains(#""role":"writer""#))
            #expect(try hello(4_000_001, 5, home.file("ro")).contains(#""role":"reader""#))
            #expect(try hello(4_000_002, 4_000_009, home.socket).contains(#""role":"reader""#))
            #expect(try hello(4_000_002, 5, home.socket).contains("(307)"))
            #expect(try hello(0, 0, home.socket).contains(#""role":"operator""#))
            #expect(try hello(0, 0, home.file("ro")).contains(#""role":"reader""#))
        }
    }
}
