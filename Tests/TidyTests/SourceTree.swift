// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The checkout that these tests were compiled from.
enum SourceTree {
    /// The checkout's root.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One source file.
    struct File: CustomStringConvertible, Sendable {
        /// The path from the root.
        let path: String
        /// The lines, without their ends.
        let lines: [String]

        var description: String { path }

        /// The name without folders and ending.
        var name: String {
            URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        }

        /// The target: the folder below Sources or Tests.
        var target: String {
            let parts = path.split(separator: "/")
            return parts.count > 1 ? String(parts[1]) : ""
        }
    }

    /// Every file below `folder` whose name ends in one of `endings`, in order of path.
    static func files(below folder: String, endings: [String]) -> [File] {
        let base = root.appendingPathComponent(folder)
        let names =
            FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in endings.contains { name.hasSuffix("." + $0) } }
            .sorted()
            .compactMap { name in
                let url = base.appendingPathComponent(name)
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                return File(
                    path: folder + "/" + name, lines: text.components(separatedBy: "\n"))
            }
    }

    /// All Swift files of the project.
    static var swift: [File] {
        files(below: "Sources", endings: ["swift"]) + files(below: "Tests", endings: ["swift"])
    }
}
