// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides over files and bad lines while data is read: the first bad line is fatal, or all are
/// counted; and whether to go on.
struct BadLineLedger {
    /// The lines of a side file between two questions whether to go on: under 10 ms of work.
    static let linesPerCheck = 4096

    let skipsBadLines: Bool
    /// Whether files that are symbolic links are read.
    let followsLinks: Bool
    private(set) var counts: [LineProblem: Int] = [:]
    private(set) var samples: [BadLine] = []
    /// The most ratings that are wanted; nil for any number.
    let ratingsMax: Int?
    private let isWanted: () -> Bool

    /// A ledger of nothing; `isWanted` is asked between pieces of the work.
    init(_ options: ReadOptions, isWanted: @escaping () -> Bool = { true }) {
        skipsBadLines = options.skipBadLines
        followsLinks = options.followsLinks
        ratingsMax = options.ratingsMax
        self.isWanted = isWanted
    }

    /// Throws once the data is not wanted any more.
    func goOn() throws(ReadError) {
        guard isWanted() else { throw .cancelled }
    }

    /// Counts the line, or throws it where bad lines are refused.
    mutating func record(
        _ fault: LineFault, file: String, line: Int, bytes: UnsafeBufferPointer<UInt8>
    ) throws(ReadError) {
        let bad = Self.badLine(fault, file: file, line: line, bytes: bytes)
        guard skipsBadLines else { throw .badLine(bad) }
        counts[bad.problem, default: 0] += 1
        if samples.count < ReadOptions.samplesMax { samples.append(bad) }
    }

    private static func badLine(
        _ fault: LineFault, file: String, line: Int, bytes: UnsafeBufferPointer<UInt8>
    ) -> BadLine {
        // A NUL explains every other fault of its line, so it is the one to name.
        guard !bytes.contains(0) else {
            return BadLine(
                file: file, line: line, problem: .nulByte, found: BadLine.excerpt(bytes),
                expected: "text")
        }
        return BadLine(
            file: file, line: line, problem: fault.problem,
            found: fault.found ?? BadLine.excerpt(bytes), expected: fault.expected)
    }
}
