// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What a daemon does when the system refuses what it asks for.
    @Suite(
        "Failing calls",
        .enabled(if: FaultyDisk.isPossible, "SKIPPED: a C compiler, cc, is needed"))
    struct FailingCalls {
        private let home: DaemonHome
        private let disk: FaultyDisk

        init() throws {
            home = try DaemonHome()
            disk = try FaultyDisk()
        }

        private func serving() throws -> DaemonProcess {
            try DaemonProcess.serving(home, environment: disk.environment)
        }

        private func items(_ client: RawClient, of user: String) throws -> [String] {
            try client.ask("SHOW user \(user) limit=1000").rows.map { $0[0] }.sorted()
        }

        @Test(
            "a failed flush or write of the journal is fatal to writing: no second try, reads go on",
            arguments: [
                (FaultyDisk.Call.fsync, EIO), (.fsync, ENOSPC), (.fsync, EDQUOT), (.write, EIO),
            ])
        func journal(call: FaultyDisk.Call, code: Int32) throws {
            let daemon = try serving()
            let client = try daemon.client()
            #expect(try !client.ask("RATE u 1 5").isError)
            let before = try client.ask("RECOMMEND u k=50").bytes
            try disk.fail(call, on: "journal.sqlite-wal", with: code)
            #expect(try client.ask("RATE u 2 5").text.hasPrefix("ERR 502 storage-failed "))
            let failures = disk.noted
            #expect(!failures.isEmpty)
            try disk.clear()
            // Also when the disk is well again: what it holds is in doubt until it is read anew.
            for item in 3...6 {
                let refused = try client.ask("RATE u \(item) 5").text
                #expect(refused.hasPrefix("ERR 502 storage-failed "))
                #expect(refused.contains("restart the daemon"))
            }
            #expect(disk.noted == failures)
            #expect(try client.ask("RECOMMEND u k=50").bytes == before)
            #expect(daemon.log.contains(" error "))
            #expect(try daemon.stop() == .exited(0))

            let again = try serving()
            let second = try again.client()
            let kept = try items(second, of: "u")
            // What was refused may have reached the disk; what was acknowledged must have.
            #expect([["1"], ["1", "2"]].contains(kept))
            #expect(try !second.ask("RATE u 7 5").isError)
            #expect(try items(second, of: "u") == kept + ["7"])
            #expect(try again.stop() == .exited(0))
        }

        @Test("a write for which there is no room is refused alone, and later ones are taken")
        func noRoom() throws {
            let daemon = try serving()
            let client = try daemon.client()
            for round in 0..<3 {
                #expect(try !client.ask("RATE u \(3 * round + 1) 5").isError)
                try disk.fail(.write, on: "journal.sqlite-wal", with: ENOSPC)
                let refused = try client.ask("RATE u \(3 * round + 2) 5").text
                #expect(refused.hasPrefix("ERR 416 disk-full "), "\(refused)")
                #expect(try !client.ask("RECOMMEND u").isError)
                try disk.clear()
                #expect(try !client.ask("RATE u \(3 * round + 3) 5").isError)
            }
            #expect(try items(client, of: "u") == ["1", "3", "4", "6", "7", "9"])
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            let again = try serving()
            #expect(try items(try again.client(), of: "u") == ["1", "3", "4", "6", "7", "9"])
            #expect(try again.stop() == .exited(0))
        }

        @Test("a start without room for what the journal's log holds serves, and refuses changes")
        func startWithoutRoom() throws {
            let daemon = try serving()
            let client = try daemon.client()
            for item in 1...3 { #expect(try !client.ask("RATE u \(item) 5").isError) }
            let before = try client.ask("RECOMMEND u k=50")
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            try disk.fail(.write, on: "/journal.sqlite$", with: ENOSPC)
            let again = try serving()
            let second = try again.client()
            #expect(again.log.contains("changes are refused until there is room"))
            #expect(try second.ask("RECOMMEND u k=50") == before)
            for request in ["RATE u 4 5", "FORGET u", "UNRATE u 1"] {
                #expect(try second.ask(request).text.hasPrefix("ERR 416 disk-full "), "\(request)")
            }
            try disk.clear()
            #expect(try !second.ask("RATE u 5 5").isError)
            #expect(try items(second, of: "u") == ["1", "2", "3", "5"])
            #expect(try again.kill() == .killed(signal: SIGKILL))
            let third = try serving()
            #expect(try items(try third.client(), of: "u") == ["1", "2", "3", "5"])
            #expect(try third.stop() == .exited(0))
        }

        @Test(
            "a retrain that cannot be written, flushed or named leaves every answer as it was",
            arguments: [
                (FaultyDisk.Call.write, "data.sections", ENOSPC, "416 disk-full"),
                (.write, "rating-head.bin", EIO, "502 storage-failed"),
                (.fsync, "ranking-head.bin", EIO, "502 storage-failed"),
                (.fsync, "manifest.json", ENOSPC, "502 storage-failed"),
                (.rename, "generations/000002", EIO, "502 storage-failed"),
                (.rename, "/CURRENT", EIO, "502 storage-failed"),
                (.fsync, "CURRENT.new", EIO, "502 storage-failed"),
            ])
        func retrain(
            call: FaultyDisk.Call, file: String, code: Int32, expected: String
        ) throws {
            let daemon = try serving()
            let client = try daemon.client()
            #expect(try !client.ask("RATE u 1 5").isError)
            let before = try client.ask("RECOMMEND 1 k=100").bytes
            try disk.fail(call, on: file, with: code)
            let refused = try client.ask("RETRAIN rating=mean ranking=popular")
            #expect(refused.text.hasPrefix("ERR \(expected) "), "\(refused.text)")
            #expect(!disk.noted.isEmpty)
            #expect(try client.ask("RECOMMEND 1 k=100").bytes == before)
            try disk.clear()
            #expect(try daemon.kill() == .killed(signal: SIGKILL))

            let again = try serving()
            let second = try again.client()
            #expect(try second.ask("RECOMMEND 1 k=100").bytes == before)
            #expect(try items(second, of: "u") == ["1"])
            #expect(try !second.ask("RETRAIN rating=mean ranking=popular").isError)
            #expect(try again.stop() == .exited(0))
        }

        @Test(
            "a flush that fails while the journal empties its log stops writing and loses nothing")
        func checkpoint() throws {
            let daemon = try serving()
            let client = try daemon.client()
            try disk.fail(.fsync, on: "/journal.sqlite$", with: EIO)
            var acknowledged = 0
            var refusal = ""
            // The log is emptied every thousand commits.
            while refusal.isEmpty, acknowledged < 1_200 {
                let item = 1 + acknowledged % DaemonHome.itemCount
                let answer = try client.ask("RATE u\(acknowledged / 200) \(item) 5")
                if answer.isError { refusal = answer.text } else { acknowledged += 1 }
            }
            #expect(refusal.hasPrefix("ERR 502 storage-failed "))
            #expect(acknowledged >= 1_000)
            #expect(disk.noted.count == 1, "\(disk.noted)")
            #expect(try !client.ask("RECOMMEND 1").isError)
            try disk.clear()
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            let again = try serving()
            let second = try again.client()
            var count = 0
            for user in 0...5 { count += try items(second, of: "u\(user)").count }
            #expect([acknowledged, acknowledged + 1].contains(count))
            #expect(try again.stop() == .exited(0))
        }

        @Test("the wall clock may jump a year either way under load and nothing but times shows it")
        func clock() throws {
            let daemon = try serving()
            let client = try daemon.client()
            let year = 365 * 86_400
            var sequences: [String] = []
            for (number, jump) in [0, year, -year, 10 * year, 0].enumerated() {
                try disk.shiftClock(seconds: jump)
                for item in 1...20 {
                    let answer = try client.ask("RATE u \(20 * number + item) 4")
                    #expect(!answer.isError, "\(answer.text)")
                    let words = answer.text.split(separator: " ")
                    sequences += words.filter { $0.hasPrefix("sequence=") }.map(String.init)
                }
                #expect(try !client.ask("RECOMMEND u").isError)
                let statistics = try client.ask("STATS").text
                let uptime = statistics.split(separator: " ").first { $0.hasPrefix("uptime_s=") }
                let seconds = try #require(uptime.flatMap { Int($0.dropFirst(9)) })
                #expect((0..<600).contains(seconds), "\(statistics)")
                for row in try client.ask("CLIENTS").rows {
                    for cell in row[5...6] {
                        #expect((0..<600).contains(try #require(Int(cell))), "\(row)")
                    }
                }
                #expect(try !client.ask("RETRAIN rating=mean ranking=popular").isError)
            }
            #expect(sequences == (1...100).map { "sequence=\($0)" })
            try disk.shiftClock(seconds: -year)
            #expect(try daemon.stop() == .exited(0))
            let again = try serving()
            #expect(try items(try again.client(), of: "u").count == 100)
            #expect(try again.stop() == .exited(0))
        }
    }
}
