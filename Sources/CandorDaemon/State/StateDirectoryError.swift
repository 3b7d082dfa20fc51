// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a state directory cannot be used, and what to do about it.
public enum StateDirectoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Something else has that name.
    case notADirectory(path: String)
    /// Another daemon works in it; nil when it does not say which.
    case inUse(path: String, processID: Int32?)
    /// A restore into it was interrupted.
    case restoreUnfinished(path: String)
    /// It cannot be created, opened or written.
    case inaccessible(FileError)

    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .notADirectory(let path):
            "\(path) is not a directory; name another state directory"
        case .inUse(let path, let processID):
            "\(path) is in use by \(processID.map { "process \($0)" } ?? "another process"); stop "
                + "it or name another state directory"
        case .restoreUnfinished(let path):
            "a restore into \(path) was interrupted; run the same 'candord restore' again"
        case .inaccessible(let error):
            "\(error); name a state directory that this user may write, inside a directory that "
                + "exists"
        }
    }
}
