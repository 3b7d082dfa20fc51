// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A folder of a test's own, removed with the last reference.
final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "candor-state-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something inside.
    func file(_ name: String) -> String { path + "/" + name }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    /// Puts a link to itself in the place of a file: it is there, but not even root can read it.
    func becomesUnreadable(_ name: String) throws {
        try FileManager.default.moveItem(atPath: file(name), toPath: file(name) + ".aside")
        try FileManager.default.createSymbolicLink(
            atPath: file(name), withDestinationPath: file(name))
    }

    /// Undoes `becomesUnreadable`.
    func becomesReadable(_ name: String) throws {
        try FileManager.default.removeItem(atPath: file(name))
        try FileManager.default.moveItem(atPath: file(name) + ".aside", toPath: file(name))
    }

    /// The names inside `folder`, ascending.
    func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
    }
}
