// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a generation could not be saved, found or loaded, and what to do about it.
public enum GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no generation of that number.
    case missing(number: Int)
    /// A directory that is no state directory, or one without a generation to serve.
    case nothingServed(path: String)
    /// The number was used before.
    case numberTaken(number: Int)
    /// A file of the generation is not what was saved.
    case damaged(number: Int, file: String, reason: String)
    /// Another version of this program saved it.
    case unknownFormat(number: Int, found: Int, supported: Int)
    /// A call on a file failed.
    case file(FileError)

    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .missing(let number):
            "there is no generation \(number); list the generations to see which are kept"
        case .nothingServed(let path):
            "\(path)/CURRENT names no generation: give the state directory of a 'candord serve' "
                + "that has served"
        case .numberTaken(let number):
            "generation \(number) exists already; take the next free number"
        case .damaged(let number, let file, let reason):
            "generation \(number) is damaged: \(file) \(reason); restore its directory from a "
                + "backup, or use another generation"
        case .unknownFormat(let number, let found, let supported):
            "generation \(number) has format \(found), this program reads format \(supported); "
                + "start the program that wrote it, or train anew from the data: take generations/ and "
                + "CURRENT out of the state directory and start with --data; ratings given since "
                + "are in the journal and stay"
        case .file(let error):
            "\(error); check the disk and its permissions, then try again"
        }
    }
}
