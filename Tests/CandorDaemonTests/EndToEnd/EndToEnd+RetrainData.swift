// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// Retraining on files that came after the daemon was started.
    @Suite("Retrain on new data")
    struct RetrainData {
        private let home: DaemonHome
        private let flags: [String]

        init() throws {
            home = try DaemonHome()
            try RetrainDataFolder.make(at: home.file("incoming"))
            // What is read is far less than what serves.
            flags = ["--retrain-data", home.file("incoming"), "--gate-data-share", "off"]
        }

        private func ratings(_ client: RawClient, of user: String) throws -> [String: String] {
            let answer = try client.ask("SHOW user \(user) limit=1000")
            return Dictionary(uniqueKeysWithValues: answer.rows.map { ($0[0], $0[2]) })
        }

        /// What the rule makes of the files and of what this test rates.
        private func expectMerged(_ client: RawClient) throws {
            #expect(try ratings(client, of: "u01") == ["i1": "5.0"])
            #expect(try ratings(client, of: "other") == ["i1": "4.0", "i3": "1.0"])
            #expect(try ratings(client, of: "fourth") == ["i3": "2.0"])
            #expect(try ratings(client, of: "7").isEmpty)
        }

        @Test("the journal stands over the files, through restarts and further retrains")
        func rule() throws {
            var daemon = try DaemonProcess.serving(home, flags: flags)
            var client = try daemon.client()
            #expect(try !client.ask("RATE 7 9 5").isError)
            #expect(try !client.ask("RETRAIN data=new rating=mean ranking=popular").isError)
            for line in ["RATE u01 i1 5", "UNRATE u01 i2", "RATE fourth i3 2"] {
                #expect(try !client.ask(line).isError, "\(line)")
            }
            try expectMerged(client)
            // The same files again: what was rated and taken back since stands over them.
            #expect(try client.ask("RETRAIN data=new rating=fast ranking=popular").generation == 3)
            try expectMerged(client)
            let before = try ["RECOMMEND other", "PREDICT fourth i1", "SHOW user u01"].map {
                try client.ask($0).bytes
            }
            #expect(try daemon.kill() == .killed(signal: SIGKILL))

            daemon = try DaemonProcess.serving(home, flags: flags)
            client = try daemon.client()
            try expectMerged(client)
            for (line, bytes) in zip(
                ["RECOMMEND other", "PREDICT fourth i1", "SHOW user u01"], before)
            {
                #expect(try client.ask(line).bytes == bytes, "\(line)")
            }
            #expect(try client.ask("RETRAIN rating=mean seed=3").generation == 4)
            try expectMerged(client)
            #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            #expect(try daemon.stop() == .exited(0))
        }

        @Test("data that cannot be read is named by file and line, and every answer stays")
        func refused() throws {
            let daemon = try DaemonProcess.serving(home, flags: flags)
            let client = try daemon.client()
            let before = try client.ask("RECOMMEND 1 k=100").bytes
            let broken = try client.ask("RETRAIN data=broken")
            #expect(broken.text.hasPrefix("ERR 216 unreadable-data broken/ratings.csv:3: "))
            for name in ["../incoming.outside.csv", "link.csv", "up/data", "/etc/passwd"] {
                let answer = try client.ask("RETRAIN data=\(name)")
                #expect(answer.text.hasPrefix("ERR 215 unknown-data "), "\(answer.text)")
            }
            #expect(try client.ask("RECOMMEND 1 k=100").bytes == before)
            let other = try DaemonHome()
            let reader = try DaemonProcess.serving(other)
            let answer = try reader.client().ask("RETRAIN data=new")
            #expect(answer.text.hasPrefix("ERR 415 no-data-directory "))
            #expect(answer.text.contains("retrain-data"))
            #expect(try reader.stop() == .exited(0))
            #expect(try daemon.stop() == .exited(0))
        }
    }
}
