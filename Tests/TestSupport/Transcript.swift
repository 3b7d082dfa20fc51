// SPDX-License-Identifier: GPL-3.0-or-later

/// A conversation with the daemon, as `protocol/transcripts/README.md` defines the format.
public struct Transcript: Sendable, Equatable {
    /// The `= …` lines: what the daemon must be like before the conversation, in order.
    public let states: [String]
    /// What is sent and what comes back, in order.
    public let steps: [Step]

    /// Lines sent at once over one connection and the lines expected from it after them.
    public struct Step: Sendable, Equatable {
        /// Where the step begins in the file, from 1.
        public let line: Int
        /// Which connection; empty for the one that has no name.
        public let connection: String
        /// The bytes of the request lines, without their ends; empty in a step that only expects.
        public var sent: [[UInt8]]
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
        var connection = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("=") {
                guard steps.isEmpty else {
                    throw TranscriptError(
                        line: number, message: "put = lines before the first line sent or expected")
                }
                states.append(String(line.drop { $0 == "=" || $0 == " " }))
            } else if line.hasPrefix("~") {
                connection = String(line.drop { $0 == "~" || $0 == " " })
                steps.append(Step(line: number, connection: connection, sent: [], expected: []))
            } else if line.hasPrefix(">") {
                let request = try request(line, number)
                if let last = steps.indices.last, steps[last].expected.isEmpty {
                    steps[last].sent.append(request)
                } else {
                    steps.append(
                        Step(line: number, connection: connection, sent: [request], expected: []))
                }
            } else if let last = steps.indices.last {
                steps[last].expected.append(String(line))
            } else {
                steps.append(
                    Step(line: number, connection: "", sent: [], expected: [String(line)]))
            }
        }
        guard steps.contains(where: { !$0.sent.isEmpty || $0.expected.last == endOfConnection })
        else {
            throw TranscriptError(line: number, message: "nothing is sent; begin a line with > ")
        }
        return Transcript(states: states, steps: steps)
    }

    /// The bytes that a `>` or `>%` line sends.
    private static func request(
        _ line: Substring, _ number: Int
    ) throws(TranscriptError) -> [UInt8] {
        guard line.hasPrefix(">%") else {
            return Array(line.dropFirst(line.hasPrefix("> ") ? 2 : 1).utf8)
        }
        guard let bytes = WrittenBytes.bytes(line.dropFirst(line.hasPrefix(">% ") ? 3 : 2)) else {
            throw TranscriptError(
                line: number, message: "write a byte as %NN and a repetition as %{text*count}")
        }
        return bytes
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
