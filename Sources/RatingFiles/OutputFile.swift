// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A new file that is written piece by piece.
struct OutputFile: ~Copyable {
    private static let bufferBytes = 1 << 20

    private let path: String
    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer
    private var filled = 0
    /// The first failure; what comes after it is not written.
    private var failure: Int32 = 0

    /// Creates or replaces the file at `path`.
    init(_ path: String) throws(WriteError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        buffer = .allocate(byteCount: Self.bufferBytes, alignment: 16)
        guard descriptor >= 0 else {
            let failure = errno
            throw .unwritable(path: path, reason: String(cString: strerror(failure)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// Adds bytes at the end; a failure is told by `finish`.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if filled == buffer.count { flush() }
            let count = min(rest.count, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
            filled += count
            rest = rest.dropFirst(count)
        }
    }

    /// Calls `fill` with room for at least `count` bytes, 64 KiB at the most; it returns how many
    /// it wrote.
    mutating func append(
        atMost count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int
    ) {
        precondition(count <= 1 << 16, "more than fits at once")
        if buffer.count - filled < count { flush() }
        guard let base = buffer.baseAddress else { return }
        filled += fill((base + filled).assumingMemoryBound(to: UInt8.self))
    }

    /// Brings everything to disk.
    consuming func finish() throws(WriteError) {
        flush()
        if failure == 0 && fsync(descriptor) != 0 { failure = errno }
        guard failure == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(failure)))
        }
    }

    private mutating func flush() {
        var rest = UnsafeRawBufferPointer(buffer)[..<filled]
        filled = 0
        while !rest.isEmpty && failure == 0 {
            let chunk = UnsafeRawBufferPointer(rebasing: rest)
            let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                failure = errno
            }
        }
    }
}
