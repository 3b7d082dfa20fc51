// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension EndToEnd {
    /// `candor verify` against a daemon.
    @Suite("Verifying explanations")
    struct Verifying {
        @Test("explanations by both heads are confirmed, and refusals are told apart")
        func confirmed() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            func run(_ arguments: [String]) throws -> (ChildProgram.Ending, String) {
                let run = try ChildProgram.run(
                    "candor", ["verify", "--socket", home.socket] + arguments)
                return (run.ending, run.output + run.errors)
            }
            func checkAll() throws {
                for head in ["ranking", "rating"] {
                    for (user, item) in [("1", "100"), ("7", "3"), ("20", "41")] {
                        let (ending, output) = try run([user, item, "--head", head])
                        #expect(ending == .exited(0), "\(output)")
                        for promise in ["SUM", "SHARES", "DELETE"] {
                            #expect(output.contains("ok   \(promise)"), "\(output)")
                        }
                    }
                }
            }
            try checkAll()
            let erasing = try ChildProgram.run(
                "candor",
                ["--socket", home.socket, "-c", "RETRAIN mitigate=erase attribute=gender"])
            #expect(erasing.ending == .exited(0), "\(erasing.errors)")
            try checkAll()
            #expect(try run(["1", "nothing"]).0 == .exited(3))
            #expect(try run(["1", "100", "--head", "both"]).0 == .exited(1))
            #expect(try run(["1"]).0 == .exited(1))
            #expect(try daemon.stop() == .exited(0))
            #expect(try run(["1", "100"]).0 == .exited(2))
        }
    }
}
