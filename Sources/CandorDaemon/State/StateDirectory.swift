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
///
/// The lock goes with the last reference, or with the process however it ends.
public final class StateDirectory: Sendable {
    /// The directory itself, without a slash at the end.
    public let path: String
    private let lockDescriptor: Int32

    static let generationsName = "generations"
    static let currentName = "CURRENT"

    /// Locks the directory at `path`; creates it with mode 0700 when only its last name is missing.
    public init(_ path: String) throws(StateDirectoryError) {
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.path = trimmed
        try Self.create(trimmed)
        lockDescriptor = try Self.lock(trimmed)
    }

    deinit { close(lockDescriptor) }

    /// The journal of rating changes.
    public var journalPath: String { path + "/journal.sqlite" }

    /// The directory of the generations.
    public var generationsPath: String { path + "/" + Self.generationsName }

    /// The file that names the generation to serve.
    public var currentPath: String { path + "/" + Self.currentName }

    /// The directory of exported files.
    public var exportsPath: String { path + "/exports" }

    private static func create(_ path: String) throws(StateDirectoryError) {
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
        let lockPath = path + "/lock"
        let descriptor: Int32
        do throws(FileError) {
            descriptor = try DurableFile.open(lockPath, O_RDWR | O_CREAT)
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
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, text, text.count, 0) == text.count
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
