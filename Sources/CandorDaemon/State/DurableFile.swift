// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings

/// Whole-file reading and writing where a return means that the disk has it.
///
/// A failed flush is never tried again: after one, the kernel may call lost pages clean.
enum DurableFile {
    /// Writes `bytes` to a new file at `path` and flushes it; the folder entry is not flushed.
    static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try create(path) { write throws(FileError) in
            try FrozenBytes(bytes).withUnsafeBytes(write)
        }
    }

    /// Writes what `fill` gives to its argument, piece after piece, to a new file and flushes it.
    static func create<Result>(
        _ path: String,
        fill: ((UnsafeRawBufferPointer) throws(FileError) -> Void) throws(FileError) -> Result
    ) throws(FileError) -> Result {
        let descriptor = try open(path, O_WRONLY | O_CREAT | O_EXCL)
        defer { close(descriptor) }
        let result = try fill { piece throws(FileError) in
            try writeAll(piece, to: descriptor, path: path)
        }
        guard fsync(descriptor) == 0 else {
            throw FileError(operation: "flush", path: path, systemErrno: errno)
        }
        return result
    }

    /// Writes all of `bytes` where the descriptor stands.
    static func writeAll(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
    ) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = write(descriptor, piece.baseAddress, piece.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw FileError(operation: "write", path: path, systemErrno: errno)
            }
        }
    }

    /// Gives `source` the name `target`, which may exist, and flushes the folder of `target`.
    ///
    /// Both names must lie in one file system; readers see the old content or the new.
    static func rename(_ source: String, to target: String) throws(FileError) {
        guard Glibc.rename(source, target) == 0 else {
            throw FileError(operation: "rename to", path: target, systemErrno: errno)
        }
        try flushDirectory(parent(of: target))
    }

    /// Replaces the file at `path` by `text`, at once or not at all.
    static func replace(_ path: String, text: String) throws(FileError) {
        let unfinished = path + ".new"
        try removeIfPresent(unfinished)
        try create(unfinished, Array(text.utf8))
        try rename(unfinished, to: path)
    }

    /// The folder that holds `path`.
    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the names beside `path` durable.
    static func flushFolder(of path: String) throws(FileError) {
        try flushDirectory(parent(of: path))
    }

    /// Makes the names inside a folder durable.
    static func flushDirectory(_ path: String) throws(FileError) {
        let descriptor = try open(path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw FileError(operation: "flush", path: path, systemErrno: errno)
        }
    }

    /// Lets nobody but the owner read and write an existing file, or enter a folder.
    static func restrict(_ path: String, isFolder: Bool = false) throws(FileError) {
        guard chmod(path, isFolder ? 0o700 : 0o600) == 0 else {
            throw FileError(operation: "change the mode of", path: path, systemErrno: errno)
        }
    }

    /// Removes a file that may not exist.
    static func removeIfPresent(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw FileError(operation: "remove", path: path, systemErrno: errno)
        }
    }

    /// Reads all of `path`, or its `first` bytes, in O(bytes).
    static func read(_ path: String, first: Int? = nil) throws(FileError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileError(operation: "inspect", path: path, systemErrno: errno)
        }
        var failure: Int32 = 0
        let capacity = min(Int(status.st_size), first ?? .max)
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            while filled < buffer.count, failure == 0 {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[filled...])
                let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
                if count == 0 { break }
                if count > 0 { filled += count } else if errno != EINTR { failure = errno }
            }
        }
        guard failure == 0 else {
            throw FileError(operation: "read", path: path, systemErrno: failure)
        }
        return bytes
    }

    /// Opens a file that other programs started from here do not inherit.
    static func open(_ path: String, _ flags: Int32) throws(FileError) -> Int32 {
        // Because ratings are personal data, nobody but the owner may read a new file.
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileError(operation: "open", path: path, systemErrno: errno)
        }
        return descriptor
    }
}
