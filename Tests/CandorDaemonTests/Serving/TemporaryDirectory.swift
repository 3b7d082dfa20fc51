// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A private folder with a short path (socket paths are limited), removed with the value.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = "/tmp/candor-test-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { path + "/" + name }
}
