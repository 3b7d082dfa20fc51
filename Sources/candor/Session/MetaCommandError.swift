// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Why a backslash command cannot be carried out.
enum MetaCommandError: Error, Equatable, CustomStringConvertible {
    /// There is none of this name.
    case unknown(String)
    /// It was written in another way than it takes.
    case usage(MetaCommand.Name)
    /// A file cannot be read or written: its path and the system's words.
    case file(String, String)
    /// There is nothing to repeat yet.
    case nothingToRepeat
    /// Files include one another too deeply.
    case tooDeep(String)

    /// What is wrong and what to do next, as one line.
    var description: String {
        switch self {
        case .unknown(let name):
            if let near = Nearest.match(for: name, among: MetaCommand.Name.allCases.map(\.typed)) {
                #"there is no \#(name); did you mean \#(near)? \? lists all"#
            } else {
                #"there is no \#(name); \? lists the commands"#
            }
        case .usage(let name): "write \(name.usage.syntax)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .nothingToRepeat: "there is no request to repeat yet; type one first"
        case .tooDeep(let path): "\(path) is included too deeply; does it include itself?"
        }
    }
}
