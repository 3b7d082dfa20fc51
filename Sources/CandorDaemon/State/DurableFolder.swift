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

    /// Removes a folder and everything below it; one that does not exist is fine.
    ///
    /// Links are removed, not followed.
    static func removeTree(_ path: String) throws(FileError) {
        guard let status = status(path) else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return try DurableFile.removeIfPresent(path)
        }
        for name in try names(in: path) { try removeTree(path + "/" + name) }
        guard rmdir(path) == 0 else {
            throw FileError(operation: "remove", path: path, systemErrno: errno)
        }
    }

    /// What the file system says of `path` itself, a link not followed; nil when there is nothing.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    /// Gives `path`, and all below it, to the owner of `folder` when root works for somebody else.
    ///
    /// Otherwise a daemon that runs as that owner could not read what root has made.
    static func giveToOwner(of folder: String, _ path: String) throws(FileError) {
        guard geteuid() == 0, let owner = status(folder), let status = status(path) else { return }
        if status.st_uid != owner.st_uid || status.st_gid != owner.st_gid {
            guard lchown(path, owner.st_uid, owner.st_gid) == 0 else {
                throw FileError(
                    operation: "change the owner of", path: path, systemErrno: errno)
            }
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return }
        for name in try names(in: path) {
            try giveToOwner(of: folder, path + "/" + name)
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
