// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A folder with made-up data, a state directory and a socket, removed with the last reference.
final class DaemonHome {
    /// How many items the data has; they are called 1 and so on.
    static let itemCount = 200
    /// How many users the data has; they are called 1 and so on.
    static let userCount = 300

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let made = try ChildProgram.run(
            "candord",
            [
                "generate", data, "--users", "\(Self.userCount)", "--items", "\(Self.itemCount)",
                "--ratings", "10000",
            ])
        guard made.ending == .exited(0) else {
            throw EndToEndError.endedEarly("generated data", output: made.errors)
        }
    }

    /// The data, in the layout of MovieLens 1M.
    var data: String { file("data") }
    /// The state directory.
    var state: String { file("state") }
    /// The socket.
    var socket: String { file("socket") }

    /// The path of something inside.
    func file(_ name: String) -> String { directory.file(name) }
}
