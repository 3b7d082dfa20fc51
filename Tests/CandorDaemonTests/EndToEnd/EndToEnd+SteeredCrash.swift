// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What a daemon's sudden death leaves of decisions about what serves.
    @Suite("Crash while steered")
    struct SteeredCrash {
        private static let writerCount = 2
        private static let rounds =
            ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1" ? 1_000 : 200

        @Test(
            "kill -9 among RETRAIN, PROMOTE, CONFIRM, ROLLBACK and RATE leaves what was acknowledged"
        )
        func killed() throws {
            let home = try DaemonHome()
            let disk = FaultyDisk.isPossible ? try FaultyDisk() : nil
            var histories = (0..<Self.writerCount).map { RatingHistory(user: "writer\($0)") }
            var known = SteeringKnowledge()
            var daemon = try DaemonProcess.serving(home, environment: disk?.environment ?? [:])
            for kept in 2...3 {
                let made = try daemon.client().ask(
                    "RETRAIN rating=mean ranking=popular seed=\(kept)")
                known.acknowledge(try #require(made.generation, "\(made.text)"))
            }
            for round in 0..<Self.rounds {
                let traffic = RatingTraffic(daemon, histories, seed: UInt64(round))
                let steering = SteeringTraffic(daemon, known, seed: UInt64(round), disk: disk)
                let steerer = Crowd(1) { _ in try steering.run() }
                histories = try traffic.runUntilKilled()
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))
                try steerer.join()
                known = steering.known

                try disk?.clear()
                daemon = try DaemonProcess.serving(home, environment: disk?.environment ?? [:])
                let client = try daemon.client()
                try known.settle(with: client, round: round)
                for writer in histories.indices {
                    try histories[writer].settle(with: client, round: round)
                }
                #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            }
            #expect(histories.allSatisfy { !$0.settled.isEmpty })
            // Most rounds end in the middle: before and after the one step that decides.
            let cut = known.interrupted.values.reduce(0) { $0 + $1.oldCount + $1.newCount }
            #expect(cut > Self.rounds / 2, "\(known.interrupted)")
            for kind in [SteeringKnowledge.Kind.retrain, .promote] {
                let of = known.interrupted[kind] ?? .init()
                #expect(of.oldCount > Self.rounds / 40, "\(kind): \(known.interrupted)")
                #expect(of.newCount > 0, "\(kind): \(known.interrupted)")
            }
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
