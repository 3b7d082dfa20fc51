// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Walks the lines of a file: LF or CR LF, with or without a final newline, after any UTF-8 mark.
///
/// Empty lines at the end of the file are not lines; an empty line before others is one.
struct LineCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private let end: Int
    /// The number of the line returned last, from 1.
    private(set) var line: Int

    /// A cursor before the first line; `bytes` must outlive it.
    ///
    /// They are a whole file unless `isFirst` or `isLast` says otherwise: then whole lines of it
    /// that come after line number `after`.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool = true, isLast: Bool = true,
        after line: Int = 0
    ) {
        self.bytes = bytes
        self.line = line
        position = isFirst && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var end = bytes.count
        if isLast {
            while end > position && (bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D) { end -= 1 }
        }
        self.end = end
    }

    /// Whether the file has no line at all.
    var isAtEnd: Bool { position >= end }

    /// The next line without its end, or nil after the last.
    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        guard position < end, let base = bytes.baseAddress else { return nil }
        let start = base + position
        var count = end - position
        if let found = memchr(start, 0x0A, count) {
            count = UnsafeRawPointer(found) - UnsafeRawPointer(start)
        }
        position += count + 1
        line += 1
        if count > 0 && start[count - 1] == 0x0D { count -= 1 }
        return UnsafeBufferPointer(start: start, count: count)
    }
}
