// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a journal of trials cannot be used.
enum TrialJournalError: Error, Equatable, CustomStringConvertible {
    /// The system refuses.
    case unusable(path: String, reason: String)
    /// Another process is writing to it.
    case inUse(path: String)
    /// It was begun for other data, another model or other conditions.
    case another(path: String, found: String, expected: String)
    /// A line is no measurement.
    case damaged(path: String, line: Int)

    /// What is wrong and what to do next.
    var description: String {
        switch self {
        case .unusable(let path, let reason):
            "cannot use the journal \(path): \(reason); name another with --journal"
        case .inUse(let path):
            "another tuning is writing to \(path); wait for it or name another with --journal"
        case .another(let path, let found, let expected):
            """
            \(path) belongs to another tuning; name another file with --journal or remove it
              it holds:  \(found)
              this is:   \(expected)
            """
        case .damaged(let path, let line):
            "\(path):\(line) is no measurement; remove the line, or the file to begin anew"
        }
    }
}
