// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The directory with everything a daemon remembers, locked for one process.
///
/// | name | content |
/// |---|---|
/// | `lock` | locked by, and naming, the process that works here |
/// | `journal.sqlite`, `journal.sqlite-wal` | the `Journal` |
/// | `generations/000012/` | one directory per generation, see `GenerationStore` |
/// | `exports/` | what EXPORT parquet wrote |
/// | `CURRENT` | which generation serves and which did before, see `ServingRecord` |
/// | `set-aside/` | what a repair or a restore moved out of the way; FORGET deletes it |
/// | `restoring/` | a restore is under way or was interrupted: nothing is to be served |
///
/// The lock goes with the last reference, or with the process however it ends.
public final class StateDirectory: Sendable {
    /// The directory itself, without a slash at the end.
    public let path: String
    private let lockDescriptor: Int32

    static let generationsName = "generations"
    static let currentName = "CURRENT"
    static let journalName = "journal.sqlite"
    static let exportsName = "exports"
    static let lockName = "lock"
    static let setAsideName = "set-aside"
    static let restoringName = "restoring"

    /// Locks the directory at `path`; creates it with mode 0700 when only its last name is missing.
    ///
    /// Throws also when a restore was interrupted there.
    public convenience init(_ path: String) throws(StateDirectoryError) {
        let trimmed = Self.trimmed(path)
        try Self.create(trimmed)
        try self.init(existing: trimmed)
        guard !DurableFolder.exists(restoringPath) else {
            throw .restoreUnfinished(path: trimmed)
        }
    }

    /// Locks the directory at `path`, which must exist, whatever state it is in.
    init(existing path: String) throws(StateDirectoryError) {
        self.path = Self.trimmed(path)
        lockDescriptor = try Self.lock(self.path)
    }

    /// `path` without slashes at its end.
    static func trimmed(_ path: String) -> String {
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        return trimmed
    }

    deinit { close(lockDescriptor) }

    /// The journal of rating changes.
    public var journalPath: String { path + "/" + Self.journalName }

    /// The directory of the generations.
    public var generationsPath: String { path + "/" + Self.generationsName }

    /// The file that names the generation to serve.
    public var currentPath: String { path + "/" + Self.currentName }

    /// The directory of exported files.
    public var exportsPath: String { path + "/" + Self.exportsName }

    /// Where a repair or a restore moves what is in the way.
    var setAsidePath: String { path + "/" + Self.setAsideName }

    /// What is there while a restore is under way.
    var restoringPath: String { path + "/" + Self.restoringName }

    static func create(_ path: String) throws(StateDirectoryError) {
        // Because ratings are personal data, nobody but the owner may look inside.
        if mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST else {
            throw .inaccessible(FileError(operation: "create", path: path, systemErrno: errno))
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .inaccessible(FileError(operation: "open", path: path, systemErrno: errno))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
    }

    private static func lock(_ path: String) throws(StateDirectoryError) -> Int32 {
        let lockPath = path + "/" + lockName
        let descriptor: Int32
        do throws(FileError) {
            descriptor = try DurableFile.open(lockPath, O_RDWR | O_CREAT)
            try DurableFolder.giveToOwner(of: path, lockPath)
        } catch { throw .inaccessible(error) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            defer { close(descriptor) }
            guard failure == EWOULDBLOCK else {
                throw .inaccessible(
                    FileError(operation: "lock", path: lockPath, systemErrno: failure))
            }
            throw .inUse(path: path, processID: holder(descriptor))
        }
        let text = Array("\(getpid())\n".utf8)
        // Written over what is there, as a full disk may have no room for it again.
        guard pwrite(descriptor, text, text.count, 0) == text.count,
            ftruncate(descriptor, text.count) == 0
        else {
            let failure = errno
            close(descriptor)
            throw .inaccessible(
                FileError(operation: "write", path: lockPath, systemErrno: failure))
        }
        return descriptor
    }

    /// The process that the lock file names.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = max(0, pread(descriptor, &bytes, bytes.count, 0))
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
    }
}
