// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// What an administrator does with a state directory.
    @Suite("Maintenance")
    struct Maintenance {
        private static let requests = ["1", "42", "300", "writer0", "stranger"].flatMap { user in
            ["RECOMMEND \(user) k=100", "PREDICT \(user) 9", "SHOW user \(user) limit=1000"]
                + ["ranking", "rating"].map { "EXPLAIN \(user) 3 head=\($0) top=1000" }
        }

        private func fsck(
            _ home: DaemonHome, _ flags: String...
        ) throws -> (ending: ChildProgram.Ending, output: String, errors: String) {
            try ChildProgram.run("candord", ["fsck", home.state] + flags)
        }

        @Test("fsck refuses while a daemon runs, finds nothing after it, and tells by its status")
        func check() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            #expect(try !daemon.client().ask("RATE 7 3 5").isError)
            #expect(try !daemon.client().ask("RETRAIN rating=mean ranking=popular").isError)
            let refused = try fsck(home, "--repair")
            #expect(refused.ending == .exited(8))
            #expect(refused.errors.contains("in use by process \(daemon.identifier)"))
            #expect(try daemon.kill() == .killed(signal: SIGKILL))
            #expect(try fsck(home).ending == .exited(0))

            let file = home.state + "/generations/000002/data.sections"
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: file))
            let found = try fsck(home)
            #expect(found.ending == .exited(4))
            #expect(found.output.contains("move generation 2 to set-aside/ (--repair does it)"))
            let repaired = try fsck(home, "--repair")
            #expect(repaired.ending == .exited(1))
            #expect(repaired.output.contains("repair: have CURRENT name generation 1"))
            #expect(try fsck(home).ending == .exited(0))
            let again = try DaemonProcess.serving(home)
            #expect(try again.client().ask("SHOW user 7").text.contains("generation=1"))
            #expect(!again.log.contains(" error "), "\(again.log)")
            #expect(try again.stop() == .exited(0))
        }

        @Test(
            "a backup taken under writes restores to the same answers and every acknowledged rating"
        )
        func backup() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            let client = try daemon.client()
            for item in 1...20 { #expect(try !client.ask("RATE writer0 \(item) 4").isError) }
            #expect(try !client.ask("RETRAIN rating=fast").isError)
            #expect(try !client.ask("RATE writer0 30 2 at=1000000000").isError)
            let before = try Self.requests.map { try client.ask($0).bytes }

            let isOver = OnceFlag()
            let socket = daemon.socket
            let crowd = Crowd(2) { number in
                let client = try RawClient(socket)
                var count = 0
                while !isOver.isSet {
                    count += 1
                    let answer = try client.ask("RATE other\(number) \(1 + count % 200) 3")
                    guard !answer.isError else { throw EndToEndError.refused(answer.text) }
                }
            }
            let made = try ChildProgram.run(
                "candord", ["backup", home.file("backup"), "--state", home.state])
            isOver.set()
            try crowd.join()
            #expect(made.ending == .exited(0), "\(made.errors)")
            #expect(try daemon.stop() == .exited(0))

            let state = home.file("restored")
            let restored = try ChildProgram.run(
                "candord", ["restore", home.file("backup"), "--state", state])
            #expect(restored.ending == .exited(0), "\(restored.errors)")
            let second = try DaemonProcess(startingIn: home, state: state, hasData: false)
            try second.waitForLog("listening")
            let again = try second.client()
            for (request, answer) in zip(Self.requests, before) {
                #expect(try again.ask(request).bytes == answer, "\(request)")
            }
            #expect(!second.log.contains(" error "), "\(second.log)")
            #expect(try second.stop() == .exited(0))
            let refused = try ChildProgram.run(
                "candord", ["restore", home.file("backup"), "--state", state])
            #expect(refused.ending == .exited(1))
            #expect(refused.errors.contains("is not empty"))
        }
    }
}
