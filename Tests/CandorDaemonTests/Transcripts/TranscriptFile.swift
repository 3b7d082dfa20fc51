// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// A file of `protocol/transcripts`.
struct TranscriptFile: CustomTestStringConvertible, Sendable {
    /// Its name, with `.txt`.
    let name: String

    var testDescription: String { name }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "protocol/transcripts")

    /// All of them, by name.
    ///
    /// Empty when the folder cannot be listed, which the coverage test does not let pass.
    static let all: [TranscriptFile] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().map { TranscriptFile(name: $0) }
    }()

    /// Reads it.
    func transcript() throws -> Transcript {
        try Transcript.parse(
            String(contentsOf: Self.folder.appending(path: name), encoding: .utf8))
    }
}
