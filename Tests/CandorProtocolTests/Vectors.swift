// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport

/// Reads the files of `protocol/`, which other implementations use too.
enum Vectors {
    /// The repository's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file of the repository.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The lines of a vector file that are neither empty nor comments.
    static func lines(_ name: String) throws -> [String] {
        try text("protocol/vectors/\(name)").split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    /// The bytes that a vector's request stands for: `%NN` is a byte, `%{text*count}` a repetition.
    static func bytes(_ written: some StringProtocol) throws -> [UInt8] {
        guard let bytes = WrittenBytes.bytes(written) else {
            throw VectorError(description: "neither %NN nor %{text*count}: \(written)")
        }
        return bytes
    }

    /// A vector that cannot be read.
    struct VectorError: Error, CustomStringConvertible {
        let description: String
    }
}
