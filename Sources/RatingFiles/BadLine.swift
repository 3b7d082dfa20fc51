// SPDX-License-Identifier: GPL-3.0-or-later

/// One line that could not be used, and why.
public struct BadLine: Sendable, Equatable, CustomStringConvertible {
    /// The file's path as it was opened.
    public let file: String
    /// The line's number, from 1.
    public let line: Int
    /// The kind of fault.
    public let problem: LineProblem
    /// The offending text, shortened, control characters written as `\x00`.
    public let found: String
    /// What should have been there.
    public let expected: String

    /// Describes a bad line.
    public init(file: String, line: Int, problem: LineProblem, found: String, expected: String) {
        self.file = file
        self.line = line
        self.problem = problem
        self.found = found
        self.expected = expected
    }

    /// `file:line: problem: found “…”, expected …`.
    public var description: String {
        "\(file):\(line): \(problem.rawValue): found “\(found)”, expected \(expected)"
    }

    /// Makes any bytes printable: at most 80 characters, unprintable ones escaped.
    static func excerpt(_ bytes: some Collection<UInt8>) -> String {
        let charactersMax = 80
        // Four bytes at most make a character, so the prefix never cuts a shown character short.
        let text = String(decoding: bytes.prefix(4 * charactersMax + 4), as: UTF8.self)
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == charactersMax { return shown + "…" }
            count += 1
            if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                shown += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
