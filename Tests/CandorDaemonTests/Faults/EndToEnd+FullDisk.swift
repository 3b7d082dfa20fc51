// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What a daemon does on a real disk on which there is no room left.
    @Suite(
        "Full disk",
        .enabled(
            if: SmallDisk.isPossible,
            "SKIPPED: root and mount namespaces are needed for a small disk")
    )
    struct FullDisk {
        private static let refusal = "ERR 416 disk-full "
        private static let retrain = "RETRAIN force rating=mean ranking=popular"

        private let home: DaemonHome
        private let disk: SmallDisk
        private var state: String { disk.path + "/state" }

        init() throws {
            home = try DaemonHome()
            disk = try SmallDisk()
        }

        private func serving() throws -> DaemonProcess {
            let daemon = try DaemonProcess(
                startingIn: home, state: state, options: ["--quality", "fast"],
                launcher: disk.launcher)
            try daemon.waitForLog("listening")
            return daemon
        }

        /// The items that a user rated, in order.
        private func items(_ client: RawClient, of user: String) throws -> [Int] {
            try client.ask("SHOW user \(user) limit=1000").rows.compactMap { Int($0[0]) }.sorted()
        }

        /// Rates one item after the other until one is refused or there is no more; how many were
        /// acknowledged.
        private func rateAll(_ client: RawClient, user: String) throws -> Int {
            for item in 1...DaemonHome.itemCount {
                let answer = try client.ask("RATE \(user) \(item) 4")
                if answer.isError {
                    #expect(answer.text.hasPrefix(Self.refusal), "\(answer.text)")
                    return item - 1
                }
            }
            return DaemonHome.itemCount
        }

        /// Expects each user to have rated the first so many items, and no other.
        private func expect(_ acknowledged: [Int], _ client: RawClient) throws {
            for (user, count) in acknowledged.enumerated() {
                #expect(try items(client, of: "user\(user)") == Array(1..<count + 1), "\(user)")
            }
        }

        private func names(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: disk.outside(folder)).sorted()
        }

        @Test("every write is refused by name, reads go on, and with room writes go on")
        func everyWrite() throws {
            let daemon = try serving()
            let client = try daemon.client()
            for item in 1...3 { #expect(try !client.ask("RATE u \(item) 5").isError) }
            #expect(try !client.ask(Self.retrain).isError)
            let reads = ["RECOMMEND 1 k=50", "PREDICT u 9", "EXPLAIN 42 9", "SHOW user u", "INFO"]
            let before = try reads.map { try client.ask($0) }
            let folders = try names(state + "/generations")

            try disk.fill()
            let writes = [
                "RATE u 4 5", "UNRATE u 1", Self.retrain, "EXPORT parquet", "PROMOTE 1", "ROLLBACK",
                "FORGET u", "RATE u 5 5",
            ]
            for request in writes {
                let refused = try client.ask(request).text
                #expect(refused.hasPrefix(Self.refusal), "\(request): \(refused)")
                #expect(try reads.map { try client.ask($0) } == before, "after \(request)")
            }
            let backup = try ChildProgram.run(
                "candord", ["backup", disk.path + "/backup", "--state", state],
                launcher: disk.launcher)
            #expect(backup.ending == .exited(1))
            #expect(backup.errors.contains("No space left on device"), "\(backup.errors)")
            #expect(try names(disk.path) == ["ballast", "state"])
            #expect(try names(state + "/generations") == folders)
            #expect(try names(state + "/exports") == [])

            try disk.makeRoom()
            for request in ["RATE u 4 5", Self.retrain, "EXPORT parquet", "PROMOTE 1"] {
                let answer = try client.ask(request)
                #expect(!answer.isError, "\(request): \(answer.text)")
            }
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            let again = try serving()
            let second = try again.client()
            #expect(try second.ask("PING").generation == 1)
            #expect(try items(second, of: "u") == [1, 2, 3, 4])
            #expect(try !second.ask("FORGET u").isError)
            #expect(!again.log.contains(" error "), "\(again.log)")
            #expect(try again.stop() == .exited(0))
        }

        @Test("a retrain, an export and a backup that fill it give back all that they took")
        func filling() throws {
            let daemon = try serving()
            let client = try daemon.client()
            #expect(try !client.ask("RATE u 1 5").isError)
            let before = try client.ask("RECOMMEND 1 k=50")
            let room = 40 << 10
            try disk.fill(leaving: room)
            for request in [Self.retrain, "EXPORT parquet"] {
                let refused = try client.ask(request).text
                #expect(refused.hasPrefix(Self.refusal), "\(request): \(refused)")
                #expect(try disk.freeBytes() >= room)
            }
            let backup = try ChildProgram.run(
                "candord", ["backup", disk.path + "/backup", "--state", state],
                launcher: disk.launcher)
            #expect(backup.ending == .exited(1))
            #expect(try disk.freeBytes() >= room)
            #expect(try client.ask("RECOMMEND 1 k=50") == before)
            #expect(try !client.ask("RATE u 2 5").isError)
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("ratings fill it, and none that was acknowledged is lost, whatever comes then")
        func ratings() throws {
            var daemon = try serving()
            var client = try daemon.client()
            // Enough for the journal's file to have no room for what its log holds then.
            try disk.fill(leaving: 3 << 20)
            var acknowledged: [Int] = []
            repeat {
                acknowledged.append(try rateAll(client, user: "user\(acknowledged.count)"))
            } while acknowledged.last == DaemonHome.itemCount
            #expect(acknowledged.count > 1)
            let before = try client.ask("RECOMMEND 1 k=50")
            #expect(try client.ask("RATE u 1 4").text.hasPrefix(Self.refusal))

            // Neither death nor a stop needs room, nor does a start.
            for isKilled in [true, false, true] {
                if isKilled {
                    #expect(try daemon.kill() == .killed(signal: SIGKILL))
                } else {
                    #expect(try daemon.stop() == .exited(0))
                }
                daemon = try serving()
                client = try daemon.client()
                #expect(!daemon.log.contains(" error "), "\(daemon.log)")
                #expect(try client.ask("RECOMMEND 1 k=50") == before)
                #expect(try client.ask("RATE u 1 4").text.hasPrefix(Self.refusal))
                try expect(acknowledged, client)
            }
            try disk.makeRoom()
            for item in 1...3 { #expect(try !client.ask("RATE u \(item) 4").isError) }
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            daemon = try serving()
            client = try daemon.client()
            #expect(try items(client, of: "u") == [1, 2, 3])
            try expect(acknowledged, client)
            #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
