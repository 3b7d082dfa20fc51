// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings

/// A file's place in memory, given back with the last reference.
///
/// Pages are read when they are looked at, and occupy memory only from then on.
final class Mapping: @unchecked Sendable {
    // Sendable because the pages are mapped for reading alone.
    private let pages: UnsafeMutableRawBufferPointer

    /// Maps all of the file at `path`.
    init(_ path: String) throws(FileError) {
        let descriptor = try DurableFile.open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileError(operation: "inspect", path: path, systemErrno: errno)
        }
        let count = Int(status.st_size)
        // Because nothing cannot be mapped.
        guard count > 0 else {
            pages = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else { throw FileError(operation: "map", path: path, systemErrno: errno) }
        pages = UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    deinit {
        // Because the pages were mapped with this very address and length, it cannot fail.
        if !pages.isEmpty { _ = munmap(pages.baseAddress, pages.count) }
    }

    /// The file's content, for as long as it or the mapping is referred to.
    var contents: FrozenBytes { FrozenBytes(UnsafeRawBufferPointer(pages), ownedBy: self) }

    /// Lets go of the pages that were looked at; they are read again when they are needed.
    func release() {
        // Because it is advice, nothing depends on whether the system takes it.
        if !pages.isEmpty { _ = madvise(pages.baseAddress, pages.count, MADV_DONTNEED) }
    }
}
