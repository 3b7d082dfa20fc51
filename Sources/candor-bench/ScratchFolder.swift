// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A private temporary folder, removed with the value.
final class ScratchFolder {
    let path: String

    init() throws {
        path = "/tmp/candor-bench-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // Because the system cleans /tmp, what cannot be removed may stay there.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { path + "/" + name }
}
