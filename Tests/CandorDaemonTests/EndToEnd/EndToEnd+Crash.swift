// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings
import Synchronization
import Testing

extension EndToEnd {
    /// What a daemon's sudden death costs.
    @Suite("Crash")
    struct Crash {
        private static let writerCount = 8
        /// Every round ends at a moment between these counts of acknowledged ratings.
        private static let acknowledged = 1...600
        private static let rounds =
            ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1" ? 200 : 10

        @Test("no acknowledged rating is lost by kill -9 at any moment, and none is made up")
        func killed() throws {
            let home = try DaemonHome()
            let random = CounterRandom(seed: 9, stream: 0)
            var histories = (0..<Self.writerCount).map { RatingHistory(user: "writer\($0)") }
            var daemon = try DaemonProcess.serving(home)
            for round in 0..<Self.rounds {
                let limit = 1 + random.integer(below: Self.acknowledged.count, UInt64(round))
                let traffic = RatingTraffic(
                    daemon, histories, seed: UInt64(round), acknowledgedMax: limit)
                histories = try traffic.runUntilKilled()
                #expect(traffic.acknowledgedCount >= limit)
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))

                daemon = try DaemonProcess.serving(home)
                let client = try daemon.client()
                for writer in histories.indices {
                    try histories[writer].settle(with: client, round: round)
                }
            }
            #expect(histories.allSatisfy { !$0.settled.isEmpty })
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
