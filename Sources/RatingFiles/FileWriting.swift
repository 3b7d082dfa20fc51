// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Creates folders and whole files; every failure is a `WriteError`.
enum FileWriting {
    /// Creates `path` and the folders above it; an existing folder is fine.
    static func createDirectory(_ path: String) throws(WriteError) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            prefix += component + "/"
            guard mkdir(prefix, 0o755) == 0 || errno == EEXIST else {
                throw .unwritable(path: prefix, reason: reason(errno))
            }
        }
    }

    /// Creates or replaces the file at `path` and brings it to disk.
    static func write(_ bytes: [UInt8], to path: String) throws(WriteError) {
        var file = try OutputFile(path)
        bytes.withUnsafeBytes { file.append($0) }
        try file.finish()
    }

    /// Gives `from` the name `to`, atomically; both must be in the same file system.
    static func rename(_ from: String, to: String) throws(WriteError) {
        guard Glibc.rename(from, to) == 0 else {
            throw errno == ENOTEMPTY || errno == EEXIST
                ? .occupied(path: to) : .unwritable(path: to, reason: reason(errno))
        }
    }

    /// A new, empty folder inside `parent` that no other process uses.
    static func temporaryDirectory(in parent: String) throws(WriteError) -> String {
        var template = Array((parent + "/.candor-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil, chmod(template, 0o755) == 0 else {
            throw .unwritable(path: parent, reason: reason(errno))
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes a folder and the files in it, as far as it goes: for clearing up after a failure
    /// that is reported already.
    static func removeDirectory(_ path: String) {
        guard let directory = opendir(path) else { return }
        while let entry = readdir(directory) {
            let name = FileBytes.name(of: entry)
            if name != "." && name != ".." {
                let child = path + "/" + name
                if entry.pointee.d_type == UInt8(DT_DIR) {
                    removeDirectory(child)
                } else {
                    unlink(child)
                }
            }
        }
        closedir(directory)
        rmdir(path)
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
