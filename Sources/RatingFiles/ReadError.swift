// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a data set or ratings file could not be read; descriptions say what to do next.
public enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no file or folder at `path`; `need` says what it was wanted for, or is empty.
    case missing(path: String, need: String)
    /// The system refused to read `path`.
    case unreadable(path: String, reason: String)
    /// The file has no content.
    case empty(path: String)
    /// The file is UTF-16 text.
    case utf16(path: String)
    /// The folder holds none of the known layouts; `found` lists some of its entries.
    case unrecognised(path: String, found: [String])
    /// The folder holds several ratings files, so it is not clear which one is meant.
    case ambiguous(path: String, candidates: [String])
    /// The first line does not name the columns that the layout needs.
    case header(path: String, found: String, expected: String)
    /// A line is bad and bad lines are not skipped.
    case badLine(BadLine)
    /// Whoever asked for the data does not want it any more.
    case cancelled
    /// There are more ratings than were wanted.
    case tooManyRatings(path: String, most: Int)
    /// Not one usable line was left; `sample` is the first bad line, if any was.
    case nothingLeft(path: String, sample: BadLine?)

    /// The message for people.
    public var description: String {
        switch self {
        case .missing(let path, let need):
            return need.isEmpty
                ? "\(path): no such file or folder; check the path, or get data with 'candord fetch ml-1m'"
                : "\(path): no such file, but \(need)"
        case .unreadable(let path, let reason):
            return "\(path): cannot be read: \(reason)"
        case .empty(let path):
            return "\(path): the file is empty; get the data again, or name another file"
        case .utf16(let path):
            return "\(path): the file is UTF-16; convert it with 'iconv -f UTF-16 -t UTF-8'"
        case .unrecognised(let path, let found):
            let listed = found.isEmpty ? "nothing" : found.joined(separator: ", ")
            return
                "\(path): no known data set: found \(listed); expected ratings.dat and movies.dat, "
                + "or u.data and u.item, or ratings.csv and movies.csv, or one .inter file; "
                + "name the folder that holds them, or a single ratings file"
        case .ambiguous(let path, let candidates):
            return "\(path): several ratings files: \(candidates.joined(separator: ", ")); "
                + "name one of them, or move the others away"
        case .header(let path, let found, let expected):
            return "\(path):1: wrong header: found “\(found)”, expected \(expected)"
        case .cancelled:
            return "the reading was cancelled"
        case .tooManyRatings(let path, let most):
            return "\(path): more than \(most) ratings, which is the most that may be read"
        case .badLine(let line):
            return "\(line); correct the line, or leave such lines out with --skip-bad-lines"
        case .nothingLeft(let path, let sample):
            let first = sample.map { "; the first bad line is \($0)" } ?? ""
            return "\(path): no usable line is left\(first); check that it is a ratings file"
        }
    }
}
