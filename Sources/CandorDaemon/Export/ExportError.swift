// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an export has not been written.
public enum ExportError: Error, Sendable, Equatable {
    /// It was cancelled.
    case cancelled
    /// A file could not be written.
    case file(FileError)
}

extension ExportError: CustomStringConvertible {
    /// What happened.
    public var description: String {
        switch self {
        case .cancelled: "the export was cancelled"
        case .file(let error): "\(error)"
        }
    }
}
