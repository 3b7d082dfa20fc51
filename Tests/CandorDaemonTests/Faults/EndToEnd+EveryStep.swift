// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What a daemon's death before each single call that changes the disk, and in the middle of each
    /// write, leaves.
    @Suite(
        "Killed at every step",
        .enabled(if: FaultyDisk.isPossible, "SKIPPED: a C compiler, cc, is needed"))
    struct EveryStep {
        private static let isLong = ProcessInfo.processInfo.environment["CANDOR_LONG"] == "1"

        private let home: DaemonHome
        private let disk: FaultyDisk
        /// The state that every round begins with.
        private let template: String

        init() throws {
            home = try DaemonHome()
            disk = try FaultyDisk()
            template = home.file("template")
        }

        @Test(
            "the state is the old one or the new one, whole, and the new one from one step on",
            arguments: isLong
                ? FatalOperation.allCases : FatalOperation.allCases.filter { $0 != .forget })
        func killed(_ operation: FatalOperation) throws {
            try prepare(operation)
            let old = try fingerprint()
            let steps = try steps(of: operation)
            for (call, end) in operation.necessarySteps {
                #expect(
                    steps.contains { $0.call == call && $0.path.hasSuffix(end) },
                    "no \(call) of \(end) in \(steps)")
            }
            let new = try fingerprint()
            #expect((new != old) == operation.isSeen)

            var (oldCount, newCount) = (0, 0)
            for number in steps.indices where Self.isLong || begins(number, steps) {
                let found = try die(operation, at: number + 1)
                #expect(found == old || found == new, "killed before \(steps[number])")
                // What was on the disk at one step is there at all later ones.
                #expect(newCount == 0 || found == new, "killed before \(steps[number])")
                if found == new { newCount += 1 } else { oldCount += 1 }
                guard steps[number].call == "write" else { continue }
                let torn = try die(operation, at: number + 1, isTorn: true)
                #expect(torn == old || torn == new, "killed in the middle of \(steps[number])")
            }
            #expect(operation.isSeen ? oldCount > 0 : oldCount == 0)
            #expect(newCount > 0)
        }

        /// Whether a step is not just one more of the same, as all pieces of one file are.
        private func begins(_ number: Int, _ steps: [FaultyDisk.Step]) -> Bool {
            number == 0 || steps[number] != steps[number - 1]
        }

        private func serving() throws -> DaemonProcess {
            try DaemonProcess.serving(
                home, flags: ["--generations-kept", "2", "--quality", "fast"],
                environment: disk.environment)
        }

        /// Makes the state that every round begins with, and leaves it in place.
        private func prepare(_ operation: FatalOperation) throws {
            var daemon = try serving()
            var client = try daemon.client()
            for request in operation.preparation {
                let answer = try client.ask(request)
                #expect(!answer.isError, "\(request): \(answer.text)")
            }
            if operation == .start {
                // So that there is something to clear away: half a generation, and a log.
                try disk.kill(before: 1, on: "/.new-000003/manifest.json")
                try client.send("RETRAIN rating=biases ranking=popular")
                #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))
                try disk.clear()
            } else {
                // A daemon that stops and starts again has no log left from before.
                #expect(try daemon.stop() == .exited(0))
                daemon = try serving()
                client = try daemon.client()
                #expect(try !client.ask("PING").isError)
                #expect(try daemon.kill() == .killed(signal: SIGKILL))
            }
            try FileManager.default.copyItem(atPath: home.state, toPath: template)
        }

        private func reset() throws {
            try FileManager.default.removeItem(atPath: home.state)
            try FileManager.default.copyItem(atPath: template, toPath: home.state)
        }

        /// What a daemon without faults makes of the state as it is; it is killed then.
        private func fingerprint() throws -> DaemonFingerprint {
            try disk.clear()
            let daemon = try serving()
            let found = try DaemonFingerprint(daemon, user: FatalOperation.user)
            #expect(!daemon.log.contains(" error "), "\(daemon.log)")
            let listed = try daemon.client().ask("GENERATIONS").rows
            #expect(!listed.contains { $0[1].hasPrefix("damaged") }, "\(listed)")
            let left = try FileManager.default.contentsOfDirectory(
                atPath: home.state + "/generations")
            #expect(left.allSatisfy { Int($0) != nil }, "\(left)")
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            return found
        }

        /// All that the operation does to the disk, one after the other; leaves it done.
        private func steps(of operation: FatalOperation) throws -> [FaultyDisk.Step] {
            try reset()
            try disk.forgetNoted()
            if operation == .start { try disk.trace(home.state) }
            let daemon = try serving()
            try disk.trace(home.state)
            if let request = operation.request {
                let answer = try daemon.client().ask(request)
                #expect(!answer.isError, "\(answer.text)")
            }
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            return disk.noted
        }

        /// Lets the daemon die at one step of the operation, and tells what the next one finds.
        private func die(
            _ operation: FatalOperation, at number: Int, isTorn: Bool = false
        ) throws -> DaemonFingerprint {
            try reset()
            var isAcknowledged = false
            let daemon: DaemonProcess
            if let request = operation.request {
                try disk.clear()
                daemon = try serving()
                let client = try daemon.client()
                try disk.kill(before: number, on: home.state, isTorn: isTorn)
                try client.send(request)
                // Because it must be dead before it answers.
                isAcknowledged = (try? client.nextAnswer()) != nil
            } else {
                try disk.kill(before: number, on: home.state, isTorn: isTorn)
                daemon = try DaemonProcess(
                    startingIn: home, options: ["--generations-kept", "2"],
                    environment: disk.environment)
            }
            #expect(!isAcknowledged)
            #expect(try daemon.waitForEnd() == .killed(signal: SIGKILL))
            return try fingerprint()
        }
    }
}
