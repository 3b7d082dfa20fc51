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
        /// The letter of the connection; empty in a conversation over one connection alone.
        public let connection: String
        /// The request lines, which may hold `{repeat …}` and `{byte …}`; empty in a step that
        /// only expects, as one of the greeting does.
        public var sent: [String] = []
        /// The expected lines, which may hold placeholders; `{closed}` for the connection's end.
        public var expected: [String] = []
        /// Whether the connection is cut off instead.
        public var disconnects = false
    }

    /// The expected line that stands for the end of the connection.
    public static let closed = "{closed}"

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
            } else {
                add(line, number, to: &steps)
            }
        }
        guard steps.contains(where: { !$0.sent.isEmpty }) else {
            throw TranscriptError(line: number, message: "nothing is sent; begin a line with > ")
        }
        return Transcript(states: states, steps: steps)
    }

    /// Adds a line that is sent, expected or switches the connection.
    private static func add(_ line: Substring, _ number: Int, to steps: inout [Step]) {
        let letter = line.prefix { $0.isUppercase && $0.isASCII }
        let isNamed = letter.count == 1
        let connection = isNamed ? String(letter) : ""
        let rest = isNamed ? line.dropFirst() : line
        let last = steps.indices.last
        if rest.hasPrefix(">") {
            let request = String(rest.dropFirst(rest.hasPrefix("> ") ? 2 : 1))
            if let last, steps[last].expected.isEmpty, steps[last].connection == connection,
                !steps[last].disconnects
            {
                steps[last].sent.append(request)
            } else {
                steps.append(Step(line: number, connection: connection, sent: [request]))
            }
        } else if isNamed, rest == ":" {
            steps.append(Step(line: number, connection: connection))
        } else if isNamed, rest == "!" {
            steps.append(Step(line: number, connection: connection, disconnects: true))
        } else if let last {
            steps[last].expected.append(String(line))
        } else {
            steps.append(Step(line: number, connection: "", expected: [String(line)]))
        }
    }

    /// The bytes of a request line with its end: `{repeat N C}` is N times the character C, and
    /// `{byte HH}` one byte in hexadecimal.
    public static func bytes(sending line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Substring(line)
        while let brace = rest.firstIndex(of: "{") {
            bytes += Array(rest[..<brace].utf8)
            rest = rest[brace...]
            guard let end = rest.firstIndex(of: "}"),
                let expanded = expansion(of: rest[rest.index(after: brace)..<end])
            else { break }
            bytes += expanded
            rest = rest[rest.index(after: end)...]
        }
        return bytes + Array(rest.utf8) + [UInt8(ascii: "\n")]
    }

    private static func expansion(of text: Substring) -> [UInt8]? {
        let words = text.split(separator: " ")
        if words.count == 3, words[0] == "repeat", let count = Int(words[1]) {
            return Array(String(repeating: String(words[2]), count: count).utf8)
        }
        if words.count == 2, words[0] == "byte", let byte = UInt8(words[1], radix: 16) {
            return [byte]
        }
        return nil
    }
}

extension Transcript {
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
