// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Synchronization

/// A log that keeps what is written to it.
final class LogRecorder: Sendable {
    private struct Entry {
        let level: Logger.Level
        let text: String
        let metadata: Logger.Metadata
    }

    private let entries = Mutex<[Entry]>([])

    /// A logger that writes here, at every level.
    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(recorder: self) }
        logger.logLevel = .trace
        return logger
    }

    /// Everything in order: level, text and metadata.
    var lines: [String] {
        entries.withLock { $0.map { "\($0.level) \($0.text) \($0.metadata)" } }
    }

    /// The texts logged at `level`, in order.
    func texts(at level: Logger.Level) -> [String] {
        entries.withLock { $0.filter { $0.level == level }.map(\.text) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let entry = Entry(
                level: event.level, text: event.message.description,
                metadata: event.metadata ?? [:])
            recorder.entries.withLock { $0.append(entry) }
        }
    }
}
