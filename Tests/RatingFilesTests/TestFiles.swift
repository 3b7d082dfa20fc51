// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles

/// The folder of small hand-written files beside this one.
enum TestFiles {
    /// The path of an entry of the folder.
    static func path(_ name: String) -> String {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return here.appendingPathComponent("Files").appendingPathComponent(name).path
    }

    /// Runs `body` on the path of a new, empty folder that is removed afterwards.
    static func withTemporaryFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "candor-tests-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    /// What reading says is wrong with an entry of the folder, paths relative to it; nil: nothing.
    static func complaint(_ name: String, options: ReadOptions = ReadOptions()) -> String? {
        do throws(ReadError) {
            _ = try DatasetReader.read(path(name), options: options)
            return nil
        } catch {
            return error.description.replacingOccurrences(of: path("") + "/", with: "")
                .replacingOccurrences(of: path(""), with: "")
        }
    }
}
