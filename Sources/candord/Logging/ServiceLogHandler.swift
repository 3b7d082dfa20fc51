// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging

/// Writes events to the standard error, in the journal's form when that is where it leads.
struct ServiceLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    private let level: SharedLogLevel
    private let leadsToJournal: Bool

    init(level: SharedLogLevel) {
        self.level = level
        leadsToJournal = Self.isJournal(ProcessInfo.processInfo.environment["JOURNAL_STREAM"])
    }

    var logLevel: Logger.Level {
        get { level.value }
        set { level.value = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let line = LogLine(
            level: event.level, message: event.message.description,
            metadata: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) })
        let style: LogLine.Style =
            leadsToJournal ? .journal : .plain(time: Date.now.formatted(.iso8601))
        FileHandle.standardError.write(Data(line.text(style).utf8))
    }

    /// Whether the standard error is the stream that `JOURNAL_STREAM` names: `device:inode`
    /// (systemd.exec(5)).
    private static func isJournal(_ stream: String?) -> Bool {
        var status = stat()
        guard let stream, fstat(STDERR_FILENO, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }
}
