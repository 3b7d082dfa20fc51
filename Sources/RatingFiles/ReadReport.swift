// SPDX-License-Identifier: GPL-3.0-or-later

/// What reading found besides the data: nothing is left out silently.
public struct ReadReport: Sendable, Equatable {
    /// The layout that was recognised.
    public let format: DatasetFormat
    /// The files that were read, by path.
    public let files: [String]
    /// The lines of the ratings files, header lines apart, skipped lines included.
    public let ratingLineCount: Int
    /// How many ratings were dropped because a later one of the same user and item replaced them.
    public let repeatedCount: Int
    /// How many lines were skipped for each reason; empty unless skipping was asked for.
    public let skipped: [LineProblem: Int]
    /// The first skipped lines, at most `ReadOptions.samplesMax`.
    public let samples: [BadLine]

    /// How many lines were skipped in all.
    public var skippedCount: Int { skipped.values.reduce(0, +) }

    /// What a person should be told: no line at all when everything was in order.
    public var notices: [String] {
        var lines: [String] = []
        if repeatedCount > 0 {
            lines.append(
                "\(repeatedCount) repeated ratings of the same user and item: the latest was kept")
        }
        for problem in LineProblem.allCases {
            guard let count = skipped[problem] else { continue }
            lines.append("\(count) lines skipped: \(problem.rawValue)")
        }
        return lines + samples.map { "skipped: \($0)" }
    }
}
