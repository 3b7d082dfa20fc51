// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a data set of the data directory could not be read, and what to do about it.
enum DataDirectoryError: Error, Equatable, CustomStringConvertible {
    /// The name stands for nothing inside the directory.
    case unknown(name: String, directory: String, reason: String)
    /// What is there is no data set that can be read.
    case unreadable(reason: String)
    /// Whoever asked for it does not want it any more.
    case cancelled
    /// It has more ratings than may be read.
    case tooManyRatings

    /// What happened and what to do next.
    var description: String {
        switch self {
        case .unknown(let name, let directory, let reason):
            "there is no data '\(name)' in \(directory): \(reason); nothing has changed"
        case .unreadable(let reason): "\(reason); nothing has changed"
        case .tooManyRatings: "the data has more ratings than may be read; nothing has changed"
        case .cancelled: "the reading was cancelled; nothing has changed"
        }
    }
}
