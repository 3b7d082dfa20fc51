// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Finds the package's programs, which are built into the folder that the tests run from.
enum BuiltProgram {
    /// The path of the program called `name`.
    static func path(_ name: String) throws -> String {
        var folders: [String] = []
        for start in [ownPath, CommandLine.arguments[0], Bundle.main.bundlePath] {
            // The test program lies beside them, or inside a bundle beside them.
            var folder = URL(fileURLWithPath: start).deletingLastPathComponent()
            for _ in 0..<4 {
                folders.append(folder.path)
                folder.deleteLastPathComponent()
            }
        }
        for folder in folders {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: path)
            {
                return path
            }
        }
        throw EndToEndError.noProgram(name, lookedIn: folders)
    }

    /// The path of the running program.
    private static var ownPath: String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    }
}
