// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A failed call on a file or folder.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as a verb in the infinitive, for example `flush`.
    public let operation: String
    /// The file or folder.
    public let path: String
    /// The system's error number.
    public let systemErrno: Int32

    /// Whether there is no such file or folder.
    var isMissing: Bool { systemErrno == ENOENT }

    /// Whether there was no room left while writing.
    var isDiskFull: Bool {
        operation != "flush" && (systemErrno == ENOSPC || systemErrno == EDQUOT)
    }

    /// The system's words for the error.
    public var reason: String { String(cString: strerror(systemErrno)) }

    /// Operation, path and reason in one line.
    public var description: String { "cannot \(operation) \(path): \(reason)" }
}
