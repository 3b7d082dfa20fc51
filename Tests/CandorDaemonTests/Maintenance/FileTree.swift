// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// All that is in a folder.
enum FileTree {
    /// The content of every file below `folder`, by its name inside it.
    static func contents(of folder: String) throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            contents[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
        return contents
    }
}
