// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Writes lines one by one, so that a reader on a pipe sees them come.
struct LineFile {
    /// What a process prints.
    static let standardOutput = LineFile(handle: .standardOutput)

    private let handle: FileHandle

    private init(handle: FileHandle) { self.handle = handle }

    /// Replaces the file at `path`; throws when it cannot be written.
    init(path: String) throws {
        try Data().write(to: URL(filePath: path))
        handle = try FileHandle(forWritingTo: URL(filePath: path))
    }

    /// Writes a line and its end.
    func write(_ line: String) { handle.write(Data((line + "\n").utf8)) }
}
