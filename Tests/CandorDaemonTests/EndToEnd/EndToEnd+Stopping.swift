// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Foundation
import Testing

extension EndToEnd {
    /// How daemons end and begin again.
    @Suite("Stopping and starting again")
    struct Stopping {
        @Test("SIGTERM answers what has arrived, exits with 0 and removes the socket")
        func drain() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let client = try daemon.client()
            let requestCount = 200
            let requests = (1...requestCount).map { "@q\($0) RECOMMEND \($0) k=5\n" }
            try client.send(bytes: Array(requests.joined().utf8))
            daemon.terminate()
            let answers = try client.remainingLines().filter { $0.hasPrefix("@") }
            #expect(
                answers.map { $0.prefix { $0 != " " } } == (1...requestCount).map { "@q\($0)" })
            for answer in answers {
                let word = answer.split(separator: " ")[1]
                #expect(["OK", "ERR"].contains(word))
                if word == "ERR" { #expect(answer.contains(" 404 shutting-down ")) }
            }
            #expect(try daemon.waitForEnd() == .exited(0))
            #expect(!FileManager.default.fileExists(atPath: home.socket))
            #expect(daemon.log.contains("stopped serving"))
        }

        @Test("SIGTERM ends a retrain with an answer, and what served before serves again")
        func drainWhileRetraining() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let connection = try daemon.connection()
            let expected = try daemon.client().ask("RECOMMEND 1").bytes
            var isAsked = false
            let answer = try connection.ask(
                "RETRAIN sweeps=200", timeoutSeconds: EndToEnd.timeoutSeconds
            ) { _ in
                if !isAsked { daemon.terminate() }
                isAsked = true
            }
            guard case .failure(let refusal) = answer else {
                Issue.record("the retrain went on to its end: \(answer)")
                return
            }
            #expect(["cancelled", "shutting-down"].contains(refusal.name))
            #expect(try daemon.waitForEnd() == .exited(0))
            let again = try DaemonProcess.serving(home)
            #expect(try again.client().ask("RECOMMEND 1").bytes == expected)
            #expect(!again.log.contains(" error "))
        }

        @Test("a restart serves the same generation with the same bytes")
        func restart() throws {
            let home = try DaemonHome()
            let changes = ["RATE 7 3 5 at=1000000000", "RATE newcomer 9 2 at=1000000000"]
            let requests = Self.requests
            let first = try DaemonProcess.serving(home)
            let client = try first.client()
            #expect(try !client.ask("RETRAIN seed=5").isError)
            for change in changes { #expect(try !client.ask(change).isError) }
            let before = try requests.map { try client.ask($0) }
            #expect(try first.stop() == .exited(0))

            let second = try DaemonProcess.serving(home)
            let again = try second.client()
            for (request, earlier) in zip(requests, before) {
                let later = try again.ask(request)
                // A stranger's scores cannot be explained; that is said in the same bytes too.
                let isRefusal = request.hasPrefix("EXPLAIN stranger")
                #expect(earlier.generation == (isRefusal ? nil : 2), "\(request)")
                #expect(later.bytes == earlier.bytes, "\(request)")
            }
            #expect(second.log.contains("already holds generation 2"))
            #expect(!second.log.contains("training"))
            #expect(try second.stop() == .exited(0))
        }

        @Test("without data and state it fails and says what to do")
        func nothingToServe() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess(startingIn: home, hasData: false)
            #expect(try daemon.waitForEnd() == .exited(78))
            #expect(daemon.log.contains("give --data DIR to train the first one"))
            #expect(daemon.log.contains("candord fetch ml-1m"))
            #expect(!FileManager.default.fileExists(atPath: home.socket))
        }

        @Test(
            "a second daemon on the same state directory is refused and told which process has it")
        func stateInUse() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let second = try DaemonProcess(startingIn: home, socket: home.file("other"))
            #expect(try second.waitForEnd() == .exited(1))
            #expect(
                second.log.contains("\(home.state) is in use by process \(daemon.identifier)"))
            #expect(try !daemon.client().ask("PING").isError)
        }

        @Test("a second daemon on the same socket is refused, and the first keeps serving")
        func socketInUse() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let second = try DaemonProcess(startingIn: home, state: home.file("other"))
            #expect(try second.waitForEnd() == .exited(1))
            #expect(second.log.contains("another daemon answers on \(home.socket)"))
            #expect(try !daemon.client().ask("PING").isError)
            #expect(try daemon.stop() == .exited(0))
        }

        /// Each head, each kind of user: as trained, with a changed rating, new, and unknown.
        private static let requests = ["1", "7", "42", "300", "newcomer", "stranger"].flatMap {
            user in
            ["RECOMMEND \(user) k=200"]
                + ["3", "9", "100", "200"].flatMap { item in
                    [
                        "PREDICT \(user) \(item)",
                        "EXPLAIN \(user) \(item) head=ranking top=1000",
                        "EXPLAIN \(user) \(item) head=rating top=1000",
                    ]
                }
        }
    }
}
