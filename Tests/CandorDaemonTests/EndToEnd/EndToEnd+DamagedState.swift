// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What a daemon does about a state directory that is not as it left it.
    @Suite("Damaged state")
    struct DamagedState {
        @Test("whichever file of the newest generation is damaged, the previous one serves")
        func fallback() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let client = try daemon.client()
            let expected = try client.ask("RECOMMEND 1")
            #expect(try client.ask("RETRAIN seed=2").generation == 2)
            #expect(try daemon.stop() == .exited(0))

            let folder = home.state + "/generations/000002"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names.count >= 4)
            for name in names {
                let file = URL(fileURLWithPath: folder + "/" + name)
                let intact = try Data(contentsOf: file)
                var damaged = intact
                damaged[damaged.count / 2] ^= 0x10
                try damaged.write(to: file)
                let daemon = try DaemonProcess.serving(home)
                #expect(try daemon.client().ask("RECOMMEND 1").bytes == expected.bytes, "\(name)")
                #expect(daemon.log.contains("generation 2 is damaged"), "\(name)")
                Self.expectOnce("serving generation 1 instead", in: daemon.log)
                #expect(try daemon.stop() == .exited(0))
                try intact.write(to: file)
            }
            let repaired = try DaemonProcess.serving(home)
            #expect(try repaired.client().ask("PING").generation == 2)
            #expect(!repaired.log.contains(" error "))
        }

        @Test("when no generation is intact it fails and says what to do")
        func nothingIntact() throws {
            let home = try DaemonHome()
            #expect(try DaemonProcess.serving(home).stop() == .exited(0))
            let file = home.state + "/generations/000001/rating-head.bin"
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: file))
            let daemon = try DaemonProcess(startingIn: home)
            #expect(try daemon.waitForEnd() == .exited(1))
            Self.expectOnce("generation 1 is damaged", in: daemon.log)
            #expect(daemon.log.contains("restore it from a backup"))
        }

        /// Expects exactly one log line with these words.
        private static func expectOnce(_ words: String, in log: String) {
            let lines = log.split(separator: "\n").filter { $0.contains(words) }
            #expect(lines.count == 1, "\(log)")
        }
    }
}
