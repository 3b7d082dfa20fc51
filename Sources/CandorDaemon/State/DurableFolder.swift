// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Folders of files: making, listing and removing them.
enum DurableFolder {
    /// Makes a folder that only the owner may enter; true unless it was there already.
    static func create(_ path: String) throws(FileError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else {
            throw FileError(operation: "create", path: path, systemErrno: errno)
        }
        return false
    }

    /// Everything inside a folder, ascending.
    static func names(in path: String) throws(FileError) -> [String] {
        guard let folder = opendir(path) else {
            throw FileError(operation: "list", path: path, systemErrno: errno)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                // Because d_name is a C array that readdir ends with a NUL inside its 256 bytes.
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a folder of files; one that does not exist is fine.
    static func remove(_ path: String) throws(FileError) {
        guard exists(path) else { return }
        for name in try names(in: path) { try DurableFile.removeIfPresent(path + "/" + name) }
        guard rmdir(path) == 0 else {
            throw FileError(operation: "remove", path: path, systemErrno: errno)
        }
    }

    /// Whether there is anything of this name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The length of a file, or nil when there is none.
    static func byteCount(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
