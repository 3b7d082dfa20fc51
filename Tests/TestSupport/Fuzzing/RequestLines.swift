// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// What a fuzzer of requests starts from, and what it leaves out.
public enum RequestLines {
    /// Words of the verb table and values that are near the edges of their kinds.
    public static let pieces: [String] =
        Verb.allCases.flatMap { verb in
            let row = verb.specification
            return [verb.rawValue, verb.rawValue.lowercased(), row.example]
                + row.options.map { $0.name + "=" } + row.errors.map(\.name)
        } + [
            "1", "2", "300", "0", "-1", "1e3", "0.5", "5", "9223372036854775807", "nobody",
            "u\u{e9}",
            "\"a b\"", "\"", "\\", "@", "@t", "=", "k=1000", "limit=1", "head=rating", "user",
            "item",
            "json", "text", "--table", "\0", "\r", "\n", "\t", "\u{202e}", "\\u{202e}", "GET /",
            "Host: x", "tail:1", "1970s:20%", String(repeating: "x", count: 129),
            String(repeating: "y ", count: 2100),
        ]

    /// Whether a daemon that is fuzzed is to get this line: not what stops it, or keeps it busy for
    /// seconds as it should.
    public static func isQuick(_ line: ArraySlice<UInt8>) -> Bool {
        guard
            case .success(let request) = RequestParser.parse(content(line), role: .operator).request
        else {
            return true
        }
        let verb = request.verb
        return verb != .shutdown && (!verb.specification.isLong || verb == .watch)
    }

    /// Whether a line may end the conversation without being an error.
    public static func mayEnd(_ line: ArraySlice<UInt8>) -> Bool {
        guard let verb = RequestParser.parse(content(line), role: .operator).verb else {
            return false
        }
        return verb == .quit || verb == .kill
    }

    /// A line as the daemon sees it: without a carriage return at its end.
    private static func content(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == 0x0D ? line.dropLast() : line
    }
}
