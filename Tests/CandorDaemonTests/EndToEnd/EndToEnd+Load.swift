// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// Thousands of connections, and peers that behave badly beside ones that do not.
    ///
    /// `CANDOR_SOAK_SECONDS` makes the last part longer.
    @Suite("Load")
    struct Load {
        private static let idleCount = 5000
        private static let activeCount = 500
        private static let soakSeconds =
            ProcessInfo.processInfo.environment["CANDOR_SOAK_SECONDS"].flatMap { Double($0) } ?? 4
        private static let hasDescriptors: Bool = {
            DescriptorLimit.raise(forConnections: 2 * (idleCount + activeCount))
            return DescriptorLimit.connectionsMax >= idleCount + activeCount + 500
        }()

        private static let room = [
            "--connections-max", "6000", "--connections-per-peer-max", "6000",
        ]

        private func serving(_ home: DaemonHome, _ options: [String] = []) throws -> DaemonProcess {
            let daemon = try DaemonProcess(startingIn: home, options: options)
            try daemon.waitForLog("listening")
            return daemon
        }

        @Test(
            "5,000 idle connections cost little, 500 active ones beside them are answered in order",
            .enabled(
                if: hasDescriptors,
                "SKIPPED: the hard limit of file descriptors is below 6,100; raise it (ulimit -Hn)")
        )
        func crowd() throws {
            let home = try DaemonHome()
            let daemon = try serving(home, Self.room)
            let before = try daemon.residentBytes()
            let idle = try (0..<Self.idleCount).map { _ in try daemon.client() }
            let each = (try daemon.residentBytes() - before) / Self.idleCount
            if Sanitizer.leavesMemoryAlone {
                #expect(each < 16_384, "an idle connection takes \(each) bytes")
            }
            let active = try (0..<Self.activeCount).map { _ in try daemon.client() }
            let rounds = 20
            for (number, client) in active.enumerated() {
                let lines = (0..<rounds).map { "PREDICT \(number % 300 + 1) \($0 + 1)\n" }
                try client.send(bytes: Array(lines.joined().utf8))
            }
            for client in active {
                for item in 1...rounds {
                    #expect(try client.nextAnswer().text.contains(" item=\(item) "))
                }
            }
            for client in idle { #expect(try client.ask("PING").text.hasPrefix("OK 0 ")) }
            // One more finds no room, and is told so, as soon as the rest is taken.
            let rest = try (0..<(6000 - Self.idleCount - Self.activeCount)).map { _ in
                try daemon.client()
            }
            let refused = try TestClient(unix: home.socket)
            #expect(try refused.line()?.hasPrefix("ERR 403 limit-exceeded 6000 ") == true)
            print(
                "\(Self.idleCount) idle connections take \(each) bytes each; \(rest.count) more came"
            )
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("a pipeline of 10,000 requests is answered in order, and costs the limits at most")
        func pipeline() throws {
            let home = try DaemonHome()
            let daemon = try serving(home)
            let count = 10_000
            let before = try daemon.residentBytes()
            let client = try daemon.client()
            let lines = (0..<count).map { "@\($0) RECOMMEND \($0 % 300 + 1) k=50\n" }
            let bytes = Array(lines.joined().utf8)
            // Safe because one thread sends and the other receives, which share nothing of it.
            nonisolated(unsafe) let sending = client
            let writer = Crowd(1) { _ in try sending.send(bytes: bytes) }
            var read = 0
            for number in 0..<count {
                let answer = try client.nextTaggedAnswer()
                #expect(answer.tag == "\(number)")
                read += answer.bytes
            }
            try writer.join()
            #expect(read > 10 << 20)
            if Sanitizer.leavesMemoryAlone {
                #expect(try daemon.residentBytes() - before < 24 << 20)
            }
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("those who do not read hold up nobody else, nor more memory than their limit")
        func slowReaders() throws {
            let home = try DaemonHome()
            let daemon = try serving(home)
            let before = try daemon.residentBytes()
            let stuck = try (0..<8).map { _ in try daemon.client() }
            let requests = Array(String(repeating: "RECOMMEND 1 k=1000\n", count: 500).utf8)
            for client in stuck { try client.send(bytes: requests) }
            let busy = try daemon.client()
            for _ in 0..<200 { #expect(try !busy.ask("RECOMMEND 2 k=10").isError) }
            if Sanitizer.leavesMemoryAlone {
                // A mebibyte, one reply and the room for growth each.
                #expect(try daemon.residentBytes() - before < 8 * (4 << 20))
            }
            for client in stuck { #expect(try client.nextAnswer().rows.count > 100) }
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("an output limit and a pipeline limit that are configured are kept")
        func configuredLimits() throws {
            let home = try DaemonHome()
            let daemon = try serving(
                home, ["--output-bytes-max", "4096", "--pipelined-requests-max", "2"])
            let client = try daemon.client()
            #expect(try client.ask("HELLO").text.contains("output_bytes=4096"))
            let count = 200
            try client.send(
                bytes: Array(
                    String(repeating: "RATE 1 1 4\nRECOMMEND 1 k=100\n", count: count).utf8))
            for _ in 0..<count {
                #expect(try !client.nextAnswer().isError)
                #expect(try client.nextAnswer().rows.count == 100)
            }
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("memory stays flat while connections come, ask, half close, break off and go")
        func soak() throws {
            let home = try DaemonHome()
            let daemon = try serving(home)
            let end = ContinuousClock.now + .seconds(Self.soakSeconds)
            let middle = ContinuousClock.now + .seconds(Self.soakSeconds / 2)
            var halfway: Int?
            var rounds = 0
            while ContinuousClock.now < end {
                rounds += 1
                let whole = try daemon.client()
                try whole.send(
                    bytes: Array(
                        "RECOMMEND 1\nEXPLAIN 1 2\nSEARCH the\nRATE 1 \(rounds % 50 + 1) 4\nPRED"
                            .utf8))
                whole.endInput()
                #expect(try whole.remainingLines().count { $0.hasPrefix("OK ") } == 4)
                let broken = try daemon.client()
                try broken.send("RECOMMEND 3 k=1000")
                if halfway == nil, ContinuousClock.now > middle {
                    halfway = try daemon.residentBytes()
                }
            }
            let growth = try daemon.residentBytes() - (halfway ?? 0)
            if Sanitizer.leavesMemoryAlone { #expect(growth < 16 << 20) }
            print("soak: \(rounds) rounds, grown by \(growth / 1024) KiB in the second half")
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
