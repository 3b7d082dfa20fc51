// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Cuts a stream of bytes into lines; what it yields does not depend on how the stream is split.
///
/// A line ends with LF; one CR before it is dropped too. A last line without its LF is never
/// yielded: a peer that disconnects in the middle of a request has not made it. Bytes are not
/// interpreted otherwise.
///
/// Memory: what was appended and not yet taken, so at most one unfinished line and one `append`, and
/// as much again or 1 KiB of what was.
/// Every byte is scanned once and moved at most twice on average.
public struct LineFramer: Sendable {
    /// What comes out of the stream.
    public enum Event: Sendable, Equatable {
        /// A complete line without its end; the slice shares storage with the framer.
        case line(ArraySlice<UInt8>)
        /// A line longer than the limit has begun; the framer is finished.
        case lineTooLong
    }

    /// Below this, lines that were taken stay in the buffer for a while.
    private static let takenBytesKept = 1024

    /// The longest line in bytes, its end not counted.
    public let lineBytesMax: Int
    /// Whether a line was too long: nothing more comes out, and what is appended is dropped.
    public private(set) var isFinished = false

    private var buffer: [UInt8] = []
    /// Where the next line begins.
    private var head = 0
    /// Up to where there is no LF.
    private var scanned = 0

    /// Makes a framer for lines of at most `lineBytesMax` bytes.
    public init(lineBytesMax: Int = Limits.lineBytesMax) {
        self.lineBytesMax = lineBytesMax
    }

    /// How many bytes wait to be taken as lines.
    public var bufferedBytes: Int { buffer.count - head }

    /// The one line that `append(bytes)` would complete, without its end; nil where the bytes are
    /// not just that.
    ///
    /// For who need not keep the bytes when they know what to do with the line; shares their memory.
    public func onlyLine(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard !isFinished, bufferedBytes == 0, let base = bytes.baseAddress,
            let found = memchr(base, Int32(ASCII.lineFeed), bytes.count)
        else { return nil }
        var end = UnsafeRawPointer(found) - base
        guard end == bytes.count - 1 else { return nil }
        if end > 0, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
        guard end <= lineBytesMax else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[..<end])
    }

    /// Adds bytes that were received.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !isFinished, !bytes.isEmpty else { return }
        discardTaken()
        buffer.append(contentsOf: bytes)
    }

    /// Adds bytes that were received.
    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Takes the next complete line, or nil until more bytes complete one.
    ///
    /// Let go of the slice before the next `append`, or that copies the buffer.
    public mutating func next() -> Event? {
        guard !isFinished else { return nil }
        guard let lineFeed = nextLineFeed() else {
            scanned = buffer.count
            return unfinishedIsTooLong ? tooLong() : nil
        }
        var end = lineFeed
        if end > head, buffer[end - 1] == ASCII.carriageReturn { end -= 1 }
        guard end - head <= lineBytesMax else { return tooLong() }
        let line = buffer[head..<end]
        head = lineFeed + 1
        scanned = head
        return .line(line)
    }

    /// Whether the unfinished line cannot fit any more, whatever follows.
    private var unfinishedIsTooLong: Bool {
        let excess = buffer.count - head - lineBytesMax
        return excess > 1 || (excess == 1 && buffer.last != ASCII.carriageReturn)
    }

    private func nextLineFeed() -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard scanned < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + scanned, Int32(ASCII.lineFeed), bytes.count - scanned)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private mutating func tooLong() -> Event {
        isFinished = true
        buffer = []
        head = 0
        scanned = 0
        return .lineTooLong
    }

    /// Drops taken lines once they are at least half of the buffer, so that moving the rest costs
    /// no more than reading it did; not a few short ones, as that would cost more than reading them.
    private mutating func discardTaken() {
        guard head >= Self.takenBytesKept, head >= buffer.count - head else { return }
        if head == buffer.count {
            buffer.removeAll(keepingCapacity: true)
        } else {
            buffer.removeSubrange(..<head)
        }
        scanned -= head
        head = 0
    }
}
