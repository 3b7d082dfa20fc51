// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles

/// The SHA-256 of every file of a backup, as `sha256sum --check` reads it.
struct HashList: Equatable {
    /// The list's own name in the backup.
    static let fileName = "SHA256SUMS"

    /// One file: its hash in hexadecimal and its name inside the backup.
    struct Entry: Equatable {
        let hash: String
        let name: String
    }

    private(set) var entries: [Entry] = []

    /// A list of nothing.
    init() {}

    /// Reads a list's text; nil when a line is none of the form `hash, two spaces, name`, or the
    /// list's end is missing.
    init?(_ bytes: [UInt8]) {
        guard bytes.last == 0x0A else { return nil }
        for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = String(decoding: line, as: UTF8.self)
            let hash = String(text.prefix(64))
            let name = String(text.dropFirst(66))
            guard text.dropFirst(64).hasPrefix("  "), !name.isEmpty, Self.isHash(hash),
                Self.isInside(name)
            else { return nil }
            entries.append(Entry(hash: hash, name: name))
        }
    }

    /// Adds a file at the end.
    mutating func add(_ hash: String, _ name: String) {
        entries.append(Entry(hash: hash, name: name))
    }

    /// The text of the list.
    var bytes: [UInt8] {
        entries.flatMap { Array("\($0.hash)  \($0.name)\n".utf8) }
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }

    /// Whether a name leads nowhere else.
    private static func isInside(_ name: String) -> Bool {
        name.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}
