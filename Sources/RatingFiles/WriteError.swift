// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a data set could not be written; descriptions say what to do next.
public enum WriteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The folder exists already and is not empty.
    case occupied(path: String)
    /// The system refused to write `path`.
    case unwritable(path: String, reason: String)
    /// The data has something that the layout cannot express.
    case inexpressible(what: String)

    /// The message for people.
    public var description: String {
        switch self {
        case .occupied(let path):
            "\(path): the folder is not empty; name a new one, so that no data is overwritten"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        case .inexpressible(let what):
            "the MovieLens 1M layout cannot hold \(what)"
        }
    }
}
