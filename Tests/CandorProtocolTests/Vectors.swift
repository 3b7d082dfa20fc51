// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

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
        var bytes: [UInt8] = []
        var rest = Substring(written)
        while let character = rest.popFirst() {
            guard character == "%" else {
                bytes += Array(String(character).utf8)
                continue
            }
            if rest.first == "{", let end = rest.firstIndex(of: "}"),
                let star = rest[..<end].lastIndex(of: "*"),
                let count = Int(rest[rest.index(after: star)..<end])
            {
                let text = rest[rest.index(after: rest.startIndex)..<star]
                bytes += Array(String(repeating: String(text), count: count).utf8)
                rest = rest[rest.index(after: end)...]
            } else if let byte = UInt8(rest.prefix(2), radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                throw VectorError(description: "neither %NN nor %{text*count}: \(written)")
            }
        }
        return bytes
    }

    /// A vector that cannot be read.
    struct VectorError: Error, CustomStringConvertible {
        let description: String
    }
}
