// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Foundation
import Ratings
import Testing

extension EndToEnd {
    /// What a daemon's sudden death makes of forgetting a user.
    @Suite("Forget")
    struct Forget {
        private static let rounds =
            ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1" ? 300 : 12
        /// Pings take about as long as the steps of a FORGET, so that kills spread over all of it.
        private static let pings = 0...250

        @Test(
            "after kill -9 at any moment a user is wholly there or wholly gone, gone if acknowledged"
        )
        func killed() throws {
            let home = try DaemonHome()
            let random = CounterRandom(seed: 4, stream: 0)
            var daemon = try DaemonProcess.serving(home)
            _ = try daemon.client().ask("RETRAIN rating=mean ranking=popular")
            var (goneCount, acknowledgedCount) = (0, 0)
            for round in 0..<Self.rounds {
                let user = "zq-victim-\(round)-zq"
                let client = try daemon.client()
                for item in 1...20 { #expect(try !client.ask("RATE \(user) \(item) 4").isError) }
                if round % 3 == 1 {
                    #expect(
                        try !client.ask("RETRAIN rating=mean ranking=popular seed=\(round)").isError
                    )
                }
                let before = try client.ask("SHOW user \(user) limit=1000").rows
                let watcher = try daemon.client()
                try client.send("FORGET \(user)")
                for _ in 0..<random.integer(below: Self.pings.count, UInt64(round)) {
                    _ = try watcher.ask("PING")
                }
                kill(daemon.identifier, SIGKILL)
                let isAcknowledged = (try? client.nextAnswer()).map { !$0.isError } ?? false
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))
                acknowledgedCount += isAcknowledged ? 1 : 0

                daemon = try DaemonProcess.serving(home)
                let after = try daemon.client().ask("SHOW user \(user) limit=1000")
                if after.isError {
                    goneCount += 1
                    #expect(try FolderSearch.files(in: home.state, holding: user) == [])
                } else {
                    #expect(!isAcknowledged)
                    #expect(after.rows == before)
                    #expect(try !daemon.client().ask("FORGET \(user)").isError)
                    #expect(try FolderSearch.files(in: home.state, holding: user) == [])
                }
                #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            }
            #expect(goneCount > 0)
            // So many rounds meet kills before, during and after.
            if Self.rounds >= 300 {
                #expect(
                    0 < acknowledgedCount && acknowledgedCount < goneCount
                        && goneCount < Self.rounds)
            }
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
