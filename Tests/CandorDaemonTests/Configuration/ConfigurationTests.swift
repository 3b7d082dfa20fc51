// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

@Suite("The configuration")
struct ConfigurationTests {
    private func problems(
        _ text: String, environment: [String: String] = [:], flags: [(Setting, String)] = []
    ) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try Configuration(
                file: Array(text.utf8), path: "c.conf", environment: environment, flags: flags)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("flags win over the environment, the environment over the file, the file over defaults")
    func order() throws {
        let file = Array("threads = 2\nsocket = /f\ntcp = 127.0.0.1:1\n".utf8)
        let configuration = try Configuration(
            file: file, path: "c.conf",
            environment: ["CANDORD_SOCKET": "/e", "CANDORD_TCP": "127.0.0.1:2", "HOME": "/h"],
            flags: [(.tcp, "127.0.0.1:3")])
        #expect(configuration.entry(.threads)?.origin == .file(path: "c.conf", line: 1))
        #expect(configuration.text(.socket) == "/e")
        #expect(configuration.entry(.socket)?.origin == .environment("CANDORD_SOCKET"))
        #expect(configuration.text(.tcp) == "127.0.0.1:3")
        #expect(configuration.entry(.tcp)?.origin == .flag("--tcp"))
        #expect(configuration.seconds(.drainSeconds) == 10)
        #expect(configuration.entry(.drainSeconds)?.origin == .standard)
        #expect(configuration.text(.state) == nil)
    }

    @Test("comments, blanks, quotes, escapes and CRLF are read as they are meant")
    func syntax() throws {
        let text = """
            # a comment\r
            \t state=/a b  # the rest\r

            socket = "/s #1 \\"x\\" \\\\"   # quoted
            data=/d#1
            skip-bad-lines = yes
            socket-mode = 0600
            """
        let configuration = try Configuration(file: Array(text.utf8), path: "c.conf")
        #expect(configuration.text(.state) == "/a b")
        #expect(configuration.text(.socket) == "/s #1 \"x\" \\")
        #expect(configuration.text(.data) == "/d#1")
        #expect(configuration.flag(.skipBadLines))
        #expect(configuration.mode(.socketMode) == 0o600)
    }

    @Test("every problem is told at once, with its line and what would be right")
    func allProblems() {
        let text = """
            thread = 4
            threads = 0
            quality = fats
            drain-seconds 5
            socket = "/x
            socket = /y
            socket-mode = 888
            tcp = 10.0.0:80
            log-level =
            zzzzzzz = 1
            """
        let found = problems(
            text, environment: ["CANDORD_SOKET": "/x", "CANDORD_THREADS": "x"],
            flags: [(.connectionsMax, "-1")])
        let expected = [
            "c.conf:1: there is no setting 'thread'; did you mean threads?",
            "c.conf:2: threads: '0' will not do; expected a whole number from 1 to 256",
            "c.conf:3: quality: 'fats' is not known: did you mean fast? expected best, fast",
            "c.conf:4: expected name = value, or a comment that begins with #",
            "c.conf:5: the quote is not closed",
            "c.conf:6: socket is set in line 5 already; keep one of them",
            "c.conf:7: socket-mode: '888' is no mode; expected four octal digits such as 0660",
            "c.conf:8: tcp: '10.0.0:80' is not an address",
            "c.conf:9: log-level: the value is empty; expected trace",
            "c.conf:10: there is no setting 'zzzzzzz'; the settings are state",
            "CANDORD_SOKET: no setting has this variable; did you mean CANDORD_SOCKET?",
            "CANDORD_THREADS: threads: 'x' will not do",
            "--connections-max: connections-max: '-1' will not do",
        ]
        #expect(found.count == expected.count)
        for (problem, beginning) in zip(found, expected) {
            #expect(problem.hasPrefix(beginning))
        }
    }

    @Test("bytes that are no text are a problem of their line, not a crash")
    func garbage() throws {
        do throws(ConfigurationProblems) {
            _ = try Configuration(file: [0x23, 0x0A, 0xFF, 0xFE, 0x0A], path: "c.conf")
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.origin) == [.file(path: "c.conf", line: 2)])
        }
        let alphabet = Array("state=\"\\# \n\r\u{0}é7".utf8)
        var state: UInt64 = 1
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 33) % alphabet.count]
            }
            do throws(ConfigurationProblems) {
                _ = try Configuration(file: bytes, path: "c.conf")
            } catch {
                #expect(!error.problems.isEmpty)
            }
        }
    }

    @Test("standard values are values of their kind")
    func standardValues() {
        for setting in Setting.allCases {
            guard let value = setting.standardValue else { continue }
            #expect(setting.kind.problem(with: value) == nil, "\(setting)")
        }
    }

    @Test("a reload applies what it can and keeps telling what takes a restart")
    func reload() throws {
        var text = "threads = 1\nsocket = /a\n"
        var applied: [String?] = []
        let live = LiveConfiguration(
            try Configuration(file: Array(text.utf8), path: "c.conf"),
            read: { () throws(ConfigurationProblems) in
                try Configuration(file: Array(text.utf8), path: "c.conf")
            }, apply: { applied.append($0.text(.logLevel)) })
        text = "threads = 2\nsocket = /b\nlog-level = debug\n"
        #expect(
            try live.reload() == [
                SettingChange(setting: .socket, old: "/a", new: "/b"),
                SettingChange(setting: .threads, old: "1", new: "2"),
                SettingChange(setting: .logLevel, old: "info", new: "debug"),
            ])
        #expect(live.current.text(.socket) == "/a")
        #expect(live.current.integer(.threads) == 2)
        #expect(applied == ["debug"])
        #expect(try live.reload() == [SettingChange(setting: .socket, old: "/a", new: "/b")])
        text = "threads = none\n"
        #expect(throws: ConfigurationProblems.self) { try live.reload() }
        #expect(live.current.integer(.threads) == 2)
        text = ""
        #expect(
            try live.reload().map(\.setting) == [.socket, .threads, .logLevel])
        #expect(live.current.text(.socket) == "/a")
        #expect(live.current.text(.threads) == nil)
    }
}
