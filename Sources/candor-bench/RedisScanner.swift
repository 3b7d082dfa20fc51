// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Counts replies of Redis' protocol: simple strings, errors and bulk strings.
struct RedisScanner: ReplyScanner {
    private enum State {
        case lineStart
        case length
        case line(isFailure: Bool)
        case content
    }

    private var state = State.lineStart
    private var length = 0

    init() {}

    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> (completed: Int, failed: Int) {
        var completed = 0
        var failed = 0
        var position = 0
        while position < bytes.count {
            switch state {
            case .lineStart:
                length = 0
                let byte = bytes[position]
                state =
                    byte == UInt8(ascii: "$")
                    ? .length : .line(isFailure: byte == UInt8(ascii: "-"))
                position += 1
            case .length:
                let byte = bytes[position]
                position += 1
                if byte == 10 {
                    // The content's own line end is counted with it.
                    length += 2
                    state = .content
                } else if byte == UInt8(ascii: "-") {
                    // `$-1`: the value is missing, and nothing follows the line.
                    state = .line(isFailure: true)
                } else if byte != 13 {
                    length = length * 10 + Int(byte) - 48
                }
            case .content:
                let taken = min(length, bytes.count - position)
                length -= taken
                position += taken
                if length == 0 {
                    completed += 1
                    state = .lineStart
                }
            case .line(let isFailure):
                guard let base = bytes.baseAddress,
                    let found = memchr(base + position, 10, bytes.count - position)
                else { return (completed, failed) }
                position = UnsafeRawPointer(found) - base + 1
                completed += 1
                if isFailure { failed += 1 }
                state = .lineStart
            }
        }
        return (completed, failed)
    }
}
