// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Synchronization

/// Remembers what is logged.
final class LogRecorder: Sendable {
    private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    /// What was logged at `level`, in order.
    func texts(at level: Logger.Level) -> [String] {
        lines.withLock { $0.filter { $0.level == level }.map(\.text) }
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
            recorder.lines.withLock { $0.append((event.level, event.message.description)) }
        }
    }
}
