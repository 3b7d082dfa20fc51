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

    /// Makes a token as an administrator does and returns the path of the file that holds it alone.
    func newToken(_ name: String, _ role: String) throws -> String {
        let made = try ChildProgram.run("candord", ["token", "new", name, role])
        guard made.ending == .exited(0) else {
            throw EndToEndError.endedEarly("a new token", output: made.errors)
        }
        let path = file(name + ".token")
        try write(made.output, to: path)
        return path
    }

    /// Writes a file that nobody else may read.
    func write(_ text: String, to path: String) throws {
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw EndToEndError.unexpected("\(path) cannot be written") }
    }

    /// The path of something inside.
    func file(_ name: String) -> String { directory.file(name) }
}
