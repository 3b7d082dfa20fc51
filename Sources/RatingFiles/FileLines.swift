// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The lines of a file of any size, read block by block.
///
/// Read rather than mapped, because a file that shrinks while it is mapped kills the process.
struct FileLines: ~Copyable {
    private static let blockBytes = 1 << 20

    private let path: String
    private let descriptor: Int32
    private var block: UnsafeMutableBufferPointer<UInt8>
    /// The bytes of `block` that hold what was read and not handed out yet.
    private var held = 0..<0
    private var isFirst = true
    private var isAtEnd = false
    private var line = 0

    /// Opens the file at `path`; a symbolic link only if `followsLinks`.
    init(_ path: String, followsLinks: Bool) throws(ReadError) {
        self.path = path
        descriptor = try FileBytes.open(path, followsLinks: followsLinks)
        block = .allocate(capacity: Self.blockBytes)
    }

    deinit {
        close(descriptor)
        block.deallocate()
    }

    /// A cursor over the next lines, valid until the next call, or nil at the end of the file.
    ///
    /// Together the cursors give the lines that one cursor over the whole file would give.
    mutating func next() throws(ReadError) -> LineCursor? {
        while !isAtEnd {
            try fill()
            let bytes = UnsafeBufferPointer(rebasing: block[held])
            if isFirst && (bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])) {
                throw .utf16(path: path)
            }
            let length = isAtEnd ? bytes.count : Self.settledLength(of: bytes)
            guard length > 0 else { continue }
            let settled = UnsafeBufferPointer(rebasing: bytes[..<length])
            let cursor = LineCursor(settled, isFirst: isFirst, isLast: isAtEnd, after: line)
            held = held.lowerBound + length..<held.upperBound
            line += settled.count { $0 == 0x0A }
            isFirst = false
            return cursor
        }
        return nil
    }

    /// The length of the lines that are complete and that a line with content follows.
    ///
    /// Because empty lines at the end of a file are no lines, it must be known what follows.
    private static func settledLength(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let content = bytes.lastIndex(where: { $0 != 0x0A && $0 != 0x0D }),
            let end = bytes[..<content].lastIndex(of: 0x0A)
        else { return 0 }
        return end + 1
    }

    /// Moves what is held to the front and reads until the block is full or the file ends; a block
    /// full of one line doubles first.
    private mutating func fill() throws(ReadError) {
        let count = held.count
        if count == block.count {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * count)
            _ = larger.update(fromContentsOf: block)
            block.deallocate()
            block = larger
        } else if let base = block.baseAddress {
            memmove(base, base + held.lowerBound, count)
        }
        held = 0..<count
        while held.count < block.count && !isAtEnd {
            let room = UnsafeMutableBufferPointer(rebasing: block[held.upperBound...])
            let received = read(descriptor, room.baseAddress, room.count)
            if received > 0 {
                held = 0..<held.upperBound + received
            } else if received == 0 {
                isAtEnd = true
            } else if errno != EINTR {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }
}
