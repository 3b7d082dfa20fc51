// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

extension EndToEnd {
    /// What a daemon makes of peers that do not speak its protocol.
    @Suite("Hostile input")
    struct HostileInput {
        @Test("garbage of all kinds leaves the daemon alive and answering as before")
        func garbage() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let bystander = try daemon.client()
            let request = "EXPLAIN 1 100"
            let expected = try bystander.ask(request).bytes
            func expectUnharmed(_ after: String) throws {
                #expect(try bystander.ask(request).bytes == expected, "after \(after)")
                #expect(try daemon.client().ask(request).bytes == expected, "after \(after)")
            }
            for seed in 1...20 {
                try sendRandomBytes(to: daemon, seed: UInt64(seed))
            }
            try expectUnharmed("random bytes")
            try sendLongLine(to: daemon)
            try expectUnharmed("a line of 5 MB")
            try leaveHalfClosed(to: daemon)
            try expectUnharmed("half-closed connections")
            try speakHTTP(to: daemon)
            try expectUnharmed("HTTP")
            #expect(try daemon.stop() == .exited(0))
        }

        /// Every line that ends is answered with an error.
        private func sendRandomBytes(to daemon: DaemonProcess, seed: UInt64) throws {
            let random = CounterRandom(seed: seed, stream: 0)
            let client = try daemon.client()
            // No line can be a request, because each holds a byte that is never in UTF-8.
            var lineCount = 0
            var bytes: [UInt8] = []
            for number in 0..<2000 {
                let byte = UInt8(random.integer(below: 256, UInt64(number)))
                if byte == 10 {
                    bytes.append(0xFF)
                    lineCount += 1
                }
                bytes.append(byte)
            }
            try client.send(bytes: bytes)
            client.endInput()
            let answers = try client.remainingLines()
            #expect(answers.count == lineCount)
            #expect(answers.allSatisfy { $0.hasPrefix("ERR ") || $0.hasPrefix("@") })
        }

        /// The line is refused as soon as it is too long, and the connection is closed.
        private func sendLongLine(to daemon: DaemonProcess) throws {
            let client = try daemon.client()
            let line = [UInt8](repeating: UInt8(ascii: "a"), count: 5_000_000)
            do {
                try client.send(bytes: line)
                let answers = try client.remainingLines()
                #expect(answers.count == 1 && answers[0].hasPrefix("ERR 103 "), "\(answers)")
            } catch is TestClient.Failure {
                // The daemon may have gone before everything was sent.
            }
        }

        /// Unfinished lines are not requests; what came before them is answered.
        private func leaveHalfClosed(to daemon: DaemonProcess) throws {
            let clients = try (0..<100).map { _ in try daemon.client() }
            for (number, client) in clients.enumerated() {
                if number % 2 == 0 { try client.send("PING") }
                try client.send(bytes: Array("RECOMMEND 1".utf8))
                client.endInput()
            }
            for (number, client) in clients.enumerated() {
                let answers = try client.remainingLines()
                #expect(answers == (number % 2 == 0 ? ["OK 0 generation=1"] : []))
            }
        }

        private func speakHTTP(to daemon: DaemonProcess) throws {
            for first in ["GET / HTTP/1.1", "POST /rate HTTP/1.0", "Host: localhost"] {
                let client = try daemon.client()
                try client.send(bytes: Array("\(first)\r\nRATE evil 1 5\r\n\r\n".utf8))
                let answers = try client.remainingLines()
                #expect(answers.count == 1)
                #expect(answers.first?.contains("http-refused") == true, "\(answers)")
            }
            #expect(try daemon.client().ask("SHOW user evil").isError)
        }
    }
}
