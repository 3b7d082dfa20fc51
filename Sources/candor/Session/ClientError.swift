// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import Credentials

/// Why a line could not be run, or the client could not go on.
enum ClientError: Error, Equatable, CustomStringConvertible {
    /// The conversation with the daemon failed.
    case connection(ConnectionError)
    /// A line for the client itself was wrong.
    case meta(MetaCommandError)
    /// A file cannot be read or written: its path and the system's words.
    case file(String, String)
    /// The token file will not do.
    case tokenFile(TokenFileError)
    /// A request needs a confirmation that a script gives with `--yes`: the verb.
    case unconfirmed(String)

    /// What is wrong and what to do next, as one line.
    var description: String {
        switch self {
        case .connection(let error): error.description
        case .meta(let error): error.description
        case .tokenFile(let error): error.description
        case .file(let path, let reason): "\(path): \(reason)"
        case .unconfirmed(let verb): "\(verb) was not sent; confirm it with --yes"
        }
    }

    /// What the program exits with if it goes no further.
    var exitStatus: ExitStatus {
        switch self {
        case .connection(.badEndpoint), .meta, .tokenFile, .file, .unconfirmed: .usage
        case .connection: .noConnection
        }
    }
}
