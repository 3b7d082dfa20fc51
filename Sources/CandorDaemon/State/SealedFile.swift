// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// Files in memory that nobody can change any more.
enum SealedFile {
    private static let pieceBytes = 1 << 30

    /// A sealed copy of the file at `path`, which the kernel calls `name`; the caller closes it.
    static func copy(of path: String, as name: String) throws(FileError) -> Int32 {
        let source = try DurableFile.open(path, O_RDONLY)
        defer { close(source) }
        let copy = candor_memory_file(name)
        guard copy >= 0 else { throw failure(path) }
        var count = 1
        while count > 0 {
            count = sendfile(copy, source, nil, pieceBytes)
            if count < 0, errno == EINTR { count = 1 }
        }
        guard count == 0, candor_seal(copy) == 0 else {
            let failure = failure(path)
            close(copy)
            throw failure
        }
        return copy
    }

    /// Whether the file behind a descriptor is one that nobody can change any more.
    static func isSealed(_ descriptor: Int32) -> Bool { candor_is_sealed(descriptor) == 1 }

    private static func failure(_ path: String) -> FileError {
        FileError(operation: "copy into memory", path: path, systemErrno: errno)
    }
}
