// SPDX-License-Identifier: GPL-3.0-or-later

/// A conversation with the daemon, as `protocol/transcripts/README.md` defines the format.
public struct Transcript: Sendable, Equatable {
    /// The `= …` lines: what the daemon must be like before the conversation, in order.
    public let states: [String]
    /// What is sent and what comes back, in order.
    public let steps: [Step]

    /// Lines sent at once and the lines expected after them.
    public struct Step: Sendable, Equatable {
        /// Where the step begins in the file, from 1.
        public let line: Int
        /// The request lines; empty only in a first step that expects the greeting.
        public var sent: [String]
        /// The expected lines, which may hold placeholders.
        public var expected: [String]
    }

    /// Reads a transcript.
    ///
    /// Throws when a `=` line comes after the first step or when nothing is sent at all.
    public static func parse(_ text: String) throws(TranscriptError) -> Transcript {
        var states: [String] = []
        var steps: [Step] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("=") {
                guard steps.isEmpty else {
                    throw TranscriptError(
                        line: number, message: "put = lines before the first line sent or expected")
                }
                states.append(String(line.drop { $0 == "=" || $0 == " " }))
            } else if line.hasPrefix(">") {
                let request = String(line.dropFirst(line.hasPrefix("> ") ? 2 : 1))
                if let last = steps.indices.last, steps[last].expected.isEmpty {
                    steps[last].sent.append(request)
                } else {
                    steps.append(Step(line: number, sent: [request], expected: []))
                }
            } else if let last = steps.indices.last {
                steps[last].expected.append(String(line))
            } else {
                steps.append(Step(line: number, sent: [], expected: [String(line)]))
            }
        }
        guard steps.contains(where: { !$0.sent.isEmpty }) else {
            throw TranscriptError(line: number, message: "nothing is sent; begin a line with > ")
        }
        return Transcript(states: states, steps: steps)
    }

    /// Compares expected lines with the lines that came; nil when they agree, else where and how
    /// they differ.
    public static func match(expected: [String], actual: [String]) -> String? {
        var furthest = (expected: 0, actual: 0)
        if matches(expected[...], actual[...], &furthest) { return nil }
        let wanted =
            furthest.expected < expected.count ? expected[furthest.expected] : "no further line"
        let found = furthest.actual < actual.count ? actual[furthest.actual] : "no further line"
        return """
            reply line \(furthest.actual + 1) differs
              expected: \(wanted)
              received: \(found)
            """
    }

    /// Tries the lines from the first on; remembers the furthest place that did not match.
    private static func matches(
        _ expected: ArraySlice<String>, _ actual: ArraySlice<String>,
        _ furthest: inout (expected: Int, actual: Int)
    ) -> Bool {
        if actual.startIndex >= furthest.actual {
            furthest = (expected.startIndex, actual.startIndex)
        }
        guard let pattern = expected.first else { return actual.isEmpty }
        guard let repeats = LinePattern.repetition(pattern) else {
            guard let line = actual.first, LinePattern.matches(pattern, line) else { return false }
            return matches(expected.dropFirst(), actual.dropFirst(), &furthest)
        }
        if matches(expected.dropFirst(), actual, &furthest) { return true }
        guard let line = actual.first, repeats(line) else { return false }
        return matches(expected, actual.dropFirst(), &furthest)
    }
}
