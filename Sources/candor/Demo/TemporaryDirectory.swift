// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import FoundationEssentials
internal import Glibc

/// A private directory that is removed, with all it holds, unless it is kept.
struct TemporaryDirectory: ~Copyable {
    let path: String
    private let isKept: Bool

    /// Room that the path of a socket in the directory needs after the directory's own.
    private static let socketNameBytesMax = 24

    /// Makes the directory in `TMPDIR`, or in `/tmp` where a socket's path would get too long.
    init(environment: [String: String], isKept: Bool) throws(DemoError) {
        var parent = environment["TMPDIR"] ?? "/tmp"
        let name = "/candor-demo-XXXXXX"
        let bytes = parent.utf8.count + name.utf8.count + Self.socketNameBytesMax
        if parent.isEmpty || bytes > Endpoint.pathBytesMax { parent = "/tmp" }
        var template = Array((parent + name).utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .system("make a directory in \(parent)", String(cString: strerror(errno)))
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.isKept = isKept
    }

    deinit {
        guard !isKept else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Output.writeError("candor: \(path) could not be removed: \(error)")
        }
    }
}
