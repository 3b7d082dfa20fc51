// SPDX-License-Identifier: GPL-3.0-or-later

/// Renders the reference pages that are never typed by hand.
public enum CommandsDocument {
    /// The text of `protocol/COMMANDS.md`: every verb, from its row.
    public static func markdown() -> String {
        let verbs = Verb.allCases.map(\.specification)
        var lines = [
            "# Commands of protocol \(Limits.protocolVersion)",
            "",
            "Rendered from the verb table (`Sources/CandorProtocol/Verb+…Rows.swift`); do not edit.",
            "How lines, replies and errors look is in [PROTOCOL.md](PROTOCOL.md).",
            "",
            "| verb | role | what it does |",
            "|---|---|---|",
        ]
        lines += verbs.map { row in
            let name = row.verb.rawValue
            return "| [\(name)](#\(name.lowercased())) | \(row.role.rawValue) | \(row.summary) |"
        }
        lines += verbs.flatMap(section)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The table of error codes in `protocol/PROTOCOL.md`.
    public static func errorTable() -> String {
        let rows = WireCode.allCases.map { code in
            let closes = code.closesConnection ? "yes" : "no"
            return "| \(code.rawValue) | `\(code.name)` | \(code.summary) | \(closes) |"
        }
        let head = ["| code | name | meaning | closes |", "|---|---|---|---|"]
        return (head + rows).joined(separator: "\n") + "\n"
    }

    private static func section(_ row: VerbSpecification) -> [String] {
        var lines = ["", "## \(row.verb.rawValue)", "", "    \(row.usage)", "", row.summary]
        if !row.detail.isEmpty { lines += [""] + row.detail }
        lines += parameters("argument", row.arguments)
        lines += parameters("option", row.options)
        if !row.tables.isEmpty {
            lines.append("")
            lines += row.tables.map { columns in
                "Columns: " + columns.map { "`\($0)`" }.joined(separator: ", ")
            }.joinedAsParagraphs()
        }
        if !row.errors.isEmpty {
            let codes = row.errors.map { "\($0.rawValue) `\($0.name)`" }
            lines += ["", "Errors: " + codes.joined(separator: ", ")]
        }
        let progress = row.isLong ? " Long: progress or event lines may come first." : ""
        lines += ["", "Role: \(row.role.rawValue). Since protocol \(row.since).\(progress)"]
        return lines + ["", "Example: `\(row.example)`"]
    }

    private static func parameters(
        _ title: String, _ arguments: [ArgumentSpecification]
    ) -> [String] {
        guard !arguments.isEmpty else { return [] }
        let rows = arguments.map { argument in
            let values = argument.kind.shortRange.map { " `\($0.escapingBars)`" } ?? ""
            let optional = argument.isOptional ? " (may be left out)" : ""
            return "| `\(argument.name)` | \(argument.kind.name)\(values) | "
                + "\(argument.summary)\(optional) |"
        }
        return ["", "| \(title) | values | meaning |", "|---|---|---|"] + rows
    }
}

extension [String] {
    /// The lines with an empty one between each two.
    fileprivate func joinedAsParagraphs() -> [String] {
        Array(map { [$0] }.joined(separator: [""]))
    }
}

extension String {
    /// The text with `|` escaped for a Markdown table.
    fileprivate var escapingBars: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
