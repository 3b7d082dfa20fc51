// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the journal could not be opened, read or written, and what to do about it.
public enum JournalError: Error, Sendable, Equatable {
    /// Another process has the journal open.
    case inUse(path: String)
    /// The file exists but is no journal.
    case notAJournal(path: String)
    /// The file was written by another version of this program.
    case unknownVersion(path: String, found: Int64, supported: Int64)
    /// The file's content contradicts itself.
    case damaged(path: String, detail: String)
    /// The journal ends before a sequence that a saved generation already contains.
    case entriesMissing(path: String, expected: Int64, found: Int64)
    /// No room for the change; nothing of it was kept.
    case diskFull(path: String, detail: String)
    /// Reading or writing failed.
    case failed(operation: String, path: String, detail: String)
    /// An earlier write failed, so what is on disk is in doubt and nothing more is accepted.
    case stopped(cause: String)
    /// The journal is closing because the daemon stops.
    case closed
}

extension JournalError: CustomStringConvertible {
    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .inUse(let path):
            "\(path) is in use by another process; stop that daemon or choose another state "
                + "directory"
        case .notAJournal(let path):
            "\(path) is not a journal of rating changes; move it away and start again, or restore "
                + "the journal from a backup"
        case .unknownVersion(let path, let found, let supported):
            "\(path) has journal version \(found), this program reads version \(supported); start "
                + "the program that wrote it"
        case .damaged(let path, let detail):
            "\(path) is damaged: \(detail); restore it from a backup, or move it and its -wal file "
                + "away to start without the ratings it holds"
        case .entriesMissing(let path, let expected, let found):
            "\(path) ends at entry \(found), but a saved generation already contains entry "
                + "\(expected); restore the journal from a backup"
        case .diskFull(let path, let detail):
            "no room to write \(path): \(detail); the change was not kept: free disk space and "
                + "send it again"
        case .failed(let operation, let path, let detail):
            "cannot \(operation) \(path): \(detail); check the disk and its permissions, then "
                + "restart the daemon"
        case .stopped(let cause):
            "the journal accepts no changes since a write failed (\(cause)); check the disk, then "
                + "restart the daemon"
        case .closed:
            "the daemon is stopping; send the change again when it is back"
        }
    }
}
