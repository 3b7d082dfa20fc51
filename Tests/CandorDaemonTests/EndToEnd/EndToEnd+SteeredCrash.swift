// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import Foundation
import Ratings
import Testing

extension EndToEnd {
    /// What a daemon's sudden death leaves of decisions about what serves.
    @Suite("Crash while steered")
    struct SteeredCrash {
        private static let writerCount = 2
        /// Every round ends at a moment between these counts of acknowledged ratings.
        private static let acknowledged = 1...400
        private static let rounds =
            ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1" ? 1000 : 12

        @Test(
            "kill -9 among RETRAIN, PROMOTE, CONFIRM, ROLLBACK and RATE leaves what was acknowledged"
        )
        func killed() throws {
            let home = try DaemonHome()
            let random = CounterRandom(seed: 4, stream: 0)
            var histories = (0..<Self.writerCount).map { RatingHistory(user: "writer\($0)") }
            var known = SteeringTraffic.Knowledge()
            var daemon = try DaemonProcess.serving(home)
            for round in 0..<Self.rounds {
                let limit = 1 + random.integer(below: Self.acknowledged.count, UInt64(round))
                let traffic = RatingTraffic(
                    daemon, histories, seed: UInt64(round), acknowledgedMax: limit)
                let steering = SteeringTraffic(daemon, known, seed: UInt64(round))
                let steerer = Crowd(1) { _ in try steering.run() }
                histories = try traffic.runUntilKilled()
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))
                try steerer.join()
                known = steering.known

                daemon = try DaemonProcess.serving(home)
                let client = try daemon.client()
                let served = try #require(try client.ask("PING").generation)
                #expect(
                    known.possible.union([known.served]).contains(served),
                    "round \(round): \(served) serves, acknowledged \(known)")
                let rows = try client.ask("GENERATIONS").rows
                #expect(rows.filter { $0[1] == "serving" }.map { Int($0[0]) } == [served])
                for row in rows {
                    let number = try #require(Int(row[0]))
                    #expect(row[1].hasPrefix("damaged") == false, "\(row)")
                    #expect(row[7] == known.hashes[number] ?? row[7], "\(row)")
                }
                known.served = served
                known.possible = []
                for writer in histories.indices {
                    try histories[writer].settle(with: client, round: round)
                }
                #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            }
            #expect(known.acknowledgedCount > 0)
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("a promotion that nobody confirms is taken back in time, also across kill -9")
        func unconfirmed() throws {
            let home = try DaemonHome()
            var daemon = try DaemonProcess.serving(home)
            let client = try daemon.client()
            #expect(try client.ask("RETRAIN rating=mean ranking=popular").generation == 2)
            #expect(try client.ask("ROLLBACK").generation == 1)
            #expect(try client.ask("PROMOTE 2 confirm_within=1").generation == 2)
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            daemon = try DaemonProcess.serving(home)
            // Whether the start took the second or it ends now.
            let again = try daemon.client()
            let end = ContinuousClock.now + .seconds(EndToEnd.timeoutSeconds)
            while try again.ask("PING").generation == 2, ContinuousClock.now < end {}
            #expect(try again.ask("PING").generation == 1)
            #expect(try again.ask("CONFIRM").text.hasPrefix("ERR 412"))
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            daemon = try DaemonProcess.serving(home)
            #expect(try daemon.client().ask("PING").generation == 1)
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
