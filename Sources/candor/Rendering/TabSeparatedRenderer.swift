// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Writes replies for other programs: exact values, separated by tabs.
enum TabSeparatedRenderer {
    /// The reply as lines without line ends.
    ///
    /// First `# name=value …` with the status line's fields, then, if there is a table, its column
    /// names and its rows. A backslash, a tab and every character that could steer a terminal is
    /// escaped as the protocol escapes it; a missing value is `-`.
    static func lines(_ reply: ReceivedReply) -> [String] {
        let pairs = reply.fields.map { "\($0.name)=\(field($0.value))" }
        let heading = ["#", "generation=\(reply.generation)"] + pairs
        var lines = [heading.joined(separator: " ")]
        guard !reply.columns.isEmpty else { return lines }
        lines.append(reply.columns.joined(separator: "\t"))
        for row in reply.rows { lines.append(row.map(escaped).joined(separator: "\t")) }
        return lines
    }

    /// The event as one line: number, time, kind, generation, and each field as `name=value`.
    static func line(_ event: ReceivedEvent) -> String {
        ([String(event.number), String(event.time), escaped(event.kind), String(event.generation)]
            + pairs(event)).joined(separator: "\t")
    }

    /// The event's fields, each as one word `name=value`.
    static func pairs(_ event: ReceivedEvent) -> [String] {
        event.fields.map { "\(SafeText.of($0.name))=\(field($0.value))" }
    }

    private static func field(_ value: String?) -> String {
        guard let value else { return "-" }
        // Quoted as on the wire, so that a value with spaces stays one word.
        return value == "-" ? "\"-\"" : Quoting.word(value)
    }

    private static func escaped(_ text: String?) -> String {
        guard let text else { return "-" }
        guard text != "-" else { return #"\x2d"# }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += #"\\"#
            case "\t": result += #"\t"#
            case "\n": result += #"\n"#
            case "\r": result += #"\r"#
            default:
                if SafeText.of(String(scalar)) == String(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                }
            }
        }
        return result
    }
}
