// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// `candord import` and serving what it made.
    @Suite("Import")
    struct Import {
        @Test("a daemon answers from an import as it does from the data, and outlives the file")
        func serving() throws {
            let home = try DaemonHome()
            let snapshot = home.file("data.sections")
            let run = try ChildProgram.run("candord", ["import", home.data, snapshot])
            #expect(run.ending == .exited(0), "\(run.errors)")
            #expect(run.output.contains("SYNTHETIC") && run.output.contains("300 users"))
            let (state, socket) = (home.file("state2"), home.file("socket2"))
            let imported = try DaemonProcess(
                startingIn: home, state: state, socket: socket, data: snapshot)
            try imported.waitForLog("listening")
            let parsed = try DaemonProcess.serving(home)
            let (left, right) = (try imported.client(), try parsed.client())
            // Changed in place nothing could be relied on, but removed it is not missed.
            try FileManager.default.removeItem(atPath: snapshot)
            for request in ["RECOMMEND 1 k=20", "PREDICT 7 30", "SHOW user 9", "SHOW item 3"] {
                #expect(try left.ask(request) == right.ask(request))
            }
            #expect(try left.ask("RATE 1 5 4").generation == 1)
            #expect(try right.ask("RATE 1 5 4").generation == 1)
            #expect(try left.ask("RETRAIN").rows == right.ask("RETRAIN").rows)
            #expect(try imported.stop() == .exited(0))
            let restarted = try DaemonProcess(
                startingIn: home, state: state, socket: socket, hasData: false)
            try restarted.waitForLog("listening")
            #expect(
                try restarted.client().ask("RECOMMEND 1 k=20") == right.ask("RECOMMEND 1 k=20"))
        }

        @Test("a damaged import is refused and nothing is served from it")
        func damage() throws {
            let home = try DaemonHome()
            let snapshot = home.file("data.sections")
            #expect(
                try ChildProgram.run("candord", ["import", home.data, snapshot]).ending
                    == .exited(0))
            var bytes = try Data(contentsOf: URL(fileURLWithPath: snapshot))
            bytes[bytes.count - 5_000] ^= 4
            try bytes.write(to: URL(fileURLWithPath: snapshot))
            let daemon = try DaemonProcess(startingIn: home, data: snapshot)
            #expect(try daemon.waitForEnd() == .exited(1))
            #expect(daemon.log.contains("it does not match the hash at its end"))
        }
    }
}
