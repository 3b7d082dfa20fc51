// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a data snapshot could not be read, and what to do about it.
public enum SnapshotError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file is not what an import wrote.
    case damaged(path: String, reason: String)
    /// A call on the file failed.
    case file(FileError)
    /// Whoever asked for the data does not want it any more.
    case cancelled

    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .damaged(let path, let reason):
            "\(path): the snapshot cannot be used: \(reason); make it again with 'candord import'"
        case .file(let error):
            "\(error); check the path and its permissions"
        case .cancelled: "the reading was cancelled"
        }
    }
}
