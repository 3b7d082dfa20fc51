// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A generation's files in memory, kept by the service manager from a daemon's end to the start of
/// the next.
///
/// They are trusted no more than files on the disk: what is loaded from them is proved by the same
/// hashes, and only where the disk's own manifest says the same as theirs.
public struct HandedGeneration: Sendable {
    /// What names of descriptors begin with.
    private static let prefix = "gen-"
    /// More is not worth its memory: the system keeps what was read of files anyway.
    static let byteCountMax = 1 << 30

    /// The generation's number.
    public let number: Int
    /// The files by name, as paths of descriptors of this process.
    let paths: [String: String]
    /// What the service manager calls them.
    public let names: [String]
    private let descriptors: [Int32]

    /// Whether a descriptor of this name is a file that was handed over.
    public static func isName(_ name: String) -> Bool { name.hasPrefix(prefix) }

    /// The name for a file of a generation: `gen-000012-data.sections`.
    static func name(of file: String, in number: Int) -> String {
        prefix + GenerationStore.name(of: number) + "-" + file
    }

    /// What was handed over among the descriptors that the service manager passed; nil: nothing.
    ///
    /// Files that are not sealed, and those of any generation but the newest, are left out.
    public init?(_ passed: [(name: String, descriptor: Int32)]) {
        let handed = passed.filter { Self.isName($0.name) }
        var files: [(number: Int, file: String, descriptor: Int32)] = []
        for (name, descriptor) in handed {
            let rest = name.dropFirst(Self.prefix.count)
            guard let dash = rest.firstIndex(of: "-"), let number = Int(rest[..<dash]),
                SealedFile.isSealed(descriptor)
            else { continue }
            files.append((number, String(rest[rest.index(after: dash)...]), descriptor))
        }
        guard !handed.isEmpty else { return nil }
        number = files.map(\.number).max() ?? 0
        var paths: [String: String] = [:]
        for file in files where file.number == number {
            paths[file.file] = "/proc/self/fd/\(file.descriptor)"
        }
        self.paths = paths
        names = handed.map(\.name)
        descriptors = handed.map(\.descriptor)
    }

    /// Lets go of the descriptors; what has been mapped stays.
    public func close() {
        for descriptor in descriptors { _ = Glibc.close(descriptor) }
    }
}
