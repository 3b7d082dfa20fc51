// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Counts replies of Candor's text format; greetings and progress lines are not replies.
struct CandorScanner: ReplyScanner {
    private enum State {
        case lineStart
        /// Before the row count of `OK <rows> …`, by so many bytes.
        case beforeRows(Int)
        case rows
        case skipping(endsReply: Bool, isFailure: Bool)
    }

    private var state = State.lineStart
    private var rowsLeft = 0

    init() {}

    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> (completed: Int, failed: Int) {
        var completed = 0
        var failed = 0
        var position = 0
        while position < bytes.count {
            switch state {
            case .lineStart:
                begin(bytes[position])
                position += 1
            case .beforeRows(let count):
                state = count == 1 ? .rows : .beforeRows(count - 1)
                position += 1
            case .rows:
                let digit = bytes[position] &- UInt8(ascii: "0")
                if digit < 10 {
                    rowsLeft = rowsLeft * 10 + Int(digit)
                    position += 1
                } else {
                    state = .skipping(endsReply: rowsLeft == 0, isFailure: false)
                }
            case .skipping(let endsReply, let isFailure):
                guard let base = bytes.baseAddress,
                    let found = memchr(base + position, 10, bytes.count - position)
                else { return (completed, failed) }
                position = UnsafeRawPointer(found) - base + 1
                state = .lineStart
                if endsReply { completed += 1 }
                if isFailure { failed += 1 }
            }
        }
        return (completed, failed)
    }

    private mutating func begin(_ byte: UInt8) {
        if rowsLeft > 0 {
            rowsLeft -= 1
            state = .skipping(endsReply: rowsLeft == 0, isFailure: false)
        } else if byte == UInt8(ascii: "O") {
            state = .beforeRows(2)
        } else {
            let isFailure = byte == UInt8(ascii: "E")
            state = .skipping(endsReply: isFailure, isFailure: isFailure)
        }
    }
}
