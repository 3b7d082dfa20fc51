// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import RatingFiles
import Ratings

/// Copies files so that the copy is on disk and its content's hash is known.
enum FileCopy {
    private static let pieceBytes = 1 << 20

    /// Copies what the file at `source` holds now to a new file at `target` and flushes that.
    ///
    /// O(bytes), in memory for one piece. Returns the SHA-256 of what was copied.
    static func copy(_ source: String, to target: String) throws(FileError) -> String {
        var hash = RunningContentHash()
        try DurableFile.create(target) { write throws(FileError) in
            try read(source) { piece throws(FileError) in
                hash.update(piece)
                try write(piece)
            }
        }
        return hash.finish()
    }

    /// The SHA-256 of a file's content, in O(bytes) and memory for one piece.
    static func hash(of path: String) throws(FileError) -> String {
        var hash = RunningContentHash()
        try read(path) { hash.update($0) }
        return hash.finish()
    }

    /// Gives the file's content to `body`, piece after piece; links are not followed.
    private static func read(
        _ path: String, _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
    ) throws(FileError) {
        let descriptor = try DurableFile.open(path, O_RDONLY | O_NOFOLLOW)
        defer { close(descriptor) }
        let piece = UnsafeMutableRawBufferPointer.allocate(
            byteCount: pieceBytes, alignment: MemoryLayout<UInt64>.alignment)
        defer { piece.deallocate() }
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
            if count == 0 { return }
            if count > 0 {
                try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            } else if errno != EINTR {
                throw FileError(operation: "read", path: path, systemErrno: errno)
            }
        }
    }
}
