// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// What a process writes to one of its outputs, gathered as it comes.
///
/// `@unchecked Sendable` because the condition guards both variables.
final class OutputCapture: @unchecked Sendable {
    private let condition = NSCondition()
    private var bytes: [UInt8] = []
    private var isComplete = false

    /// Reads `handle` to its end on a thread of its own.
    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            while true {
                let chunk = handle.availableData
                condition.withLock {
                    bytes += chunk
                    isComplete = chunk.isEmpty
                    condition.broadcast()
                }
                if chunk.isEmpty { return }
            }
        }
    }

    /// Everything so far.
    var text: String { condition.withLock { String(decoding: bytes, as: UTF8.self) } }

    /// Waits until a complete line contains `words`, and throws when the output or the time ends.
    func waitForLine(containing words: String) throws {
        try wait(for: words) { Self.lines(of: bytes).contains { $0.contains(words) } }
    }

    /// Waits for the end of the output.
    func waitForEnd() throws {
        try wait(for: "the end of the output") { isComplete }
    }

    private func wait(for what: String, until isDone: () -> Bool) throws {
        condition.lock()
        defer { condition.unlock() }
        let isOver = EndToEnd.waits {
            let second = Date(timeIntervalSinceNow: 1)
            while !isDone(), !isComplete {
                guard condition.wait(until: second) else { return false }
            }
            return true
        }
        guard !isDone() else { return }
        let output = String(decoding: bytes, as: UTF8.self)
        throw isOver
            ? EndToEndError.endedEarly(what, output: output)
            : EndToEndError.timedOut(what, output: output)
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
