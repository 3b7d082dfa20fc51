// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Whole files as bytes, and what folders hold; every failure is a `ReadError`.
enum FileBytes {
    /// The most bytes that are read between two questions whether to go on.
    private static let chunkBytesMax = 8 << 20

    /// Reads all of `path`; `need` says in an error what the file is wanted for, and `ledger`
    /// whether it may be a link, and whether to go on.
    ///
    /// A copy rather than a mapping: a file that shrinks while it is mapped kills the process.
    static func read(
        _ path: String, need: String = "", _ ledger: BadLineLedger = BadLineLedger(ReadOptions())
    ) throws(ReadError) -> [UInt8] {
        let descriptor = try open(path, need: need, followsLinks: ledger.followsLinks)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: lastReason())
        }
        let bytes = try readAll(descriptor, path: path, sizeHint: Int(status.st_size), ledger)
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw .utf16(path: path)
        }
        return bytes
    }

    /// Opens a file for reading; a symbolic link only if `followsLinks`.
    static func open(
        _ path: String, need: String = "", followsLinks: Bool
    ) throws(ReadError) -> Int32 {
        let descriptor = Glibc.open(
            path, O_RDONLY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW))
        guard descriptor < 0 else { return descriptor }
        if errno == ENOENT { throw .missing(path: path, need: need) }
        throw .unreadable(
            path: path,
            reason: errno == ELOOP && !followsLinks
                ? "it is a symbolic link; put the file itself there" : lastReason())
    }

    private static func readAll(
        _ descriptor: Int32, path: String, sizeHint: Int, _ ledger: BadLineLedger
    ) throws(ReadError) -> [UInt8] {
        var failure: Int32 = 0
        var bytes: [UInt8] = []
        // One byte more than the size, so that the end of an unchanged small file shows in one read.
        let chunkBytes = min(max(sizeHint, 65_535) + 1, chunkBytesMax)
        if sizeHint > chunkBytes { bytes.reserveCapacity(sizeHint) }
        while failure == 0 {
            try ledger.goOn()
            let chunk = [UInt8](unsafeUninitializedCapacity: chunkBytes) { buffer, count in
                let received = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if received < 0 { failure = errno } else { count = received }
            }
            if failure == EINTR {
                failure = 0
                continue
            }
            if chunk.isEmpty { break }
            if bytes.isEmpty && sizeHint <= chunkBytes { bytes = chunk } else { bytes += chunk }
        }
        guard failure == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(failure)))
        }
        return bytes
    }

    /// Whether `path` is a folder; throws when there is nothing.
    static func isDirectory(_ path: String) throws(ReadError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { throw .missing(path: path, need: "") }
            throw .unreadable(path: path, reason: lastReason())
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, ascending, without those that begin with a dot.
    static func entries(_ path: String) throws(ReadError) -> [String] {
        guard let directory = opendir(path) else {
            throw .unreadable(path: path, reason: lastReason())
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = name(of: entry)
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The name in a folder's entry.
    static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            // Because d_name is a C array that readdir ends with a NUL inside its 256 bytes.
            tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
    }

    private static func lastReason() -> String { String(cString: strerror(errno)) }
}
