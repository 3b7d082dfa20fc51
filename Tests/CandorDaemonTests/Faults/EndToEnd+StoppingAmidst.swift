// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import CandorProtocol
import Foundation
import Testing

extension EndToEnd {
    /// SIGTERM in the middle of work on the disk, which is held there until the daemon stops.
    @Suite(
        "Stopping in the middle",
        .enabled(if: FaultyDisk.isPossible, "SKIPPED: a C compiler, cc, is needed"))
    struct StoppingAmidst {
        private static let user = FatalOperation.user

        private let home: DaemonHome
        private let disk: FaultyDisk

        init() throws {
            home = try DaemonHome()
            disk = try FaultyDisk()
        }

        /// A daemon with ratings of one user, some of which it was trained with.
        private func serving(_ options: [String] = []) throws -> DaemonProcess {
            let daemon = try DaemonProcess.serving(
                home, flags: ["--quality", "fast"] + options, environment: disk.environment)
            let client = try daemon.client()
            for request in [
                "RATE \(Self.user) 1 5", "RETRAIN rating=mean ranking=popular",
                "RATE \(Self.user) 2 4",
            ] { #expect(try !client.ask(request).isError, "\(request)") }
            return daemon
        }

        private func again(_ state: String? = nil) throws -> DaemonProcess {
            let daemon = try DaemonProcess(startingIn: home, state: state)
            try daemon.waitForLog("listening")
            return daemon
        }

        private func fingerprint(_ daemon: DaemonProcess) throws -> DaemonFingerprint {
            try DaemonFingerprint(daemon, user: Self.user)
        }

        /// A backup that has copied everything and waits, before it has its name.
        private func heldBackup() throws -> ChildProgram {
            try disk.hold("/backup.unfinished/SHA256SUMS")
            let backup = try ChildProgram(
                "candord", ["backup", home.file("backup"), "--state", home.state],
                environment: disk.environment)
            try disk.waitForHeld()
            return backup
        }

        @Test("a retrain that is being saved is answered: the state is the new one, or as it was")
        func retrain() throws {
            let daemon = try serving()
            let before = try fingerprint(daemon)
            let client = try daemon.client()
            try disk.hold("/.new-000003/manifest.json")
            try client.send("RETRAIN rating=biases ranking=popular")
            try disk.waitForHeld()
            daemon.terminate()
            try daemon.waitForLog("draining")
            try disk.clear()
            let answer = try client.nextAnswer()
            #expect(try daemon.waitForEnd() == .exited(0))
            let next = try again()
            let after = try fingerprint(next)
            if answer.isError {
                #expect(after == before, "\(answer.text)")
            } else {
                #expect(try next.client().ask("PING").generation == 3)
            }
            #expect(!next.log.contains(" error "), "\(next.log)")
            #expect(try next.stop() == .exited(0))
        }

        @Test("a backup goes on without the daemon, and both hold everything")
        func backup() throws {
            let daemon = try serving()
            let before = try fingerprint(daemon)
            let backup = try heldBackup()
            #expect(try daemon.stop() == .exited(0))
            try disk.clear()
            #expect(try backup.waitForEnd() == .exited(0), "\(backup.errors.text)")
            let next = try again()
            #expect(try fingerprint(next) == before)
            #expect(!next.log.contains(" error "), "\(next.log)")
            #expect(try next.stop() == .exited(0))

            let state = home.file("restored")
            let restored = try ChildProgram.run(
                "candord", ["restore", home.file("backup"), "--state", state])
            #expect(restored.ending == .exited(0), "\(restored.errors)")
            let other = try again(state)
            #expect(try fingerprint(other) == before)
            #expect(try other.stop() == .exited(0))
        }

        @Test("a backup that is itself killed leaves nothing that looks like one")
        func killedBackup() throws {
            let daemon = try serving()
            let before = try fingerprint(daemon)
            let backup = try heldBackup()
            backup.kill()
            #expect(try backup.waitForEnd() == .killed(signal: SIGKILL))
            #expect(!FileManager.default.fileExists(atPath: home.file("backup")))
            try disk.clear()
            let made = try ChildProgram.run(
                "candord", ["backup", home.file("backup"), "--state", home.state])
            #expect(made.ending == .exited(0), "\(made.errors)")
            #expect(!FileManager.default.fileExists(atPath: home.file("backup.unfinished")))
            #expect(try fingerprint(daemon) == before)
            #expect(try daemon.stop() == .exited(0))
        }

        @Test(
            "a FORGET that was begun is done, and answered if there is time for it",
            arguments: [30, 0])
        func forget(drainSeconds: Int) throws {
            let daemon = try serving(["--drain-seconds", "\(drainSeconds)"])
            let others = ["RECOMMEND 1 k=50", "PREDICT 42 9", "EXPLAIN 42 9 head=rating"]
            let client = try daemon.client()
            let before = try others.map { try client.ask($0) }
            try disk.hold("/.new-000002/manifest.json")
            try client.send("FORGET \(Self.user)")
            try disk.waitForHeld()
            daemon.terminate()
            try daemon.waitForLog(drainSeconds > 0 ? "draining" : "stopped serving")
            try disk.clear()
            let answer = drainSeconds > 0 ? try client.nextAnswer() : try? client.nextAnswer()
            #expect(answer.map { !$0.isError } ?? (drainSeconds == 0), "\(answer?.text ?? "")")
            #expect(try daemon.waitForEnd() == .exited(0))
            #expect(try FolderSearch.files(in: home.state, holding: Self.user) == [])
            let next = try again()
            let second = try next.client()
            #expect(try second.ask("SHOW user \(Self.user)").text.hasPrefix("ERR 201 "))
            #expect(try others.map { try second.ask($0) } == before)
            #expect(!next.log.contains("finished forgetting"), "\(next.log)")
            #expect(!next.log.contains(" error "), "\(next.log)")
            #expect(try next.stop() == .exited(0))
        }

        @Test("a FORGET that waits for a backup does not keep the daemon, and has not begun")
        func waitingForget() throws {
            let daemon = try serving()
            let before = try fingerprint(daemon)
            let backup = try heldBackup()
            let connection = try daemon.connection()
            var isAsked = false
            let answer = try connection.ask(
                "FORGET \(Self.user)", timeoutSeconds: EndToEnd.timeoutSeconds
            ) { progress in
                if !isAsked, progress.stage.contains("backup") {
                    isAsked = true
                    daemon.terminate()
                }
            }
            guard case .failure(let refusal) = answer else {
                Issue.record("it did not wait: \(answer)")
                return
            }
            #expect(refusal.name == "shutting-down")
            #expect(try daemon.waitForEnd() == .exited(0))
            try disk.clear()
            #expect(try backup.waitForEnd() == .exited(0), "\(backup.errors.text)")
            let next = try again()
            #expect(try fingerprint(next) == before)
            #expect(try !next.client().ask("FORGET \(Self.user)").isError)
            #expect(try next.stop() == .exited(0))
        }
    }
}
