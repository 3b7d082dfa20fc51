// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings

/// A new file that bytes are added to until it is flushed.
final class GrowingFile {
    private let path: String
    private let descriptor: Int32
    /// How many bytes were added.
    private(set) var byteCount = 0

    /// Creates the file at `path`, which must not exist; nobody but the owner may read it.
    init(_ path: String) throws(FileError) {
        self.path = path
        descriptor = try DurableFile.open(path, O_WRONLY | O_CREAT | O_EXCL)
    }

    deinit { close(descriptor) }

    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws(FileError) {
        try FrozenBytes(bytes).withUnsafeBytes { piece throws(FileError) in
            try DurableFile.writeAll(piece, to: descriptor, path: path)
        }
        byteCount += bytes.count
    }

    /// Returns when the disk has the content; the folder entry is not flushed.
    func flush() throws(FileError) {
        guard fsync(descriptor) == 0 else {
            throw FileError(operation: "flush", path: path, systemErrno: errno)
        }
    }
}
