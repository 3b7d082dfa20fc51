// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Foundation
import Ratings
import TestSupport
import Testing

extension EndToEnd {
    /// What a daemon's sudden death costs.
    @Suite("Crash")
    struct Crash {
        private static let writerCount = 8
        /// Every round ends at a moment between these counts of acknowledged ratings.
        private static let acknowledged = 1...600
        private static let rounds = Sanitizer.rounds(
            ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1" ? 1_000 : 200)

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

        @Test("kill -9 during a retrain leaves the old generation or the new one, whole")
        func killedWhileRetraining() throws {
            let home = try DaemonHome()
            var daemon = try DaemonProcess.serving(home)
            var generation = 1
            let killCount = 6
            for round in 0..<killCount {
                let rating = try daemon.client().ask("RATE writer \(round + 1) 4")
                #expect(!rating.isError)
                let connection = try daemon.connection()
                let process = daemon.identifier
                var isKilled = false
                var isAcknowledged = false
                do throws(ConnectionError) {
                    let answer = try connection.ask(
                        "RETRAIN seed=\(round)", timeoutSeconds: EndToEnd.timeoutSeconds
                    ) { progress in
                        guard progress.fraction * Double(killCount) >= Double(round), !isKilled
                        else { return }
                        isKilled = kill(process, SIGKILL) == 0
                    }
                    // The answer can be on its way before the progress line before it is read.
                    if case .success = answer { isAcknowledged = true }
                } catch {
                    #expect(error == .closed(connection.endpoint))
                }
                #expect(isKilled)
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))

                daemon = try DaemonProcess.serving(home)
                let client = try daemon.client()
                let served = try #require(try client.ask("PING").generation)
                #expect([generation, generation + 1].contains(served))
                if isAcknowledged { #expect(served == generation + 1) }
                generation = served
                #expect(!daemon.log.contains(" error "), "\(daemon.log)")
                #expect(try client.ask("SHOW user writer").rows.count == round + 1)
            }
            #expect(try daemon.client().ask("RETRAIN force").generation == generation + 1)
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
