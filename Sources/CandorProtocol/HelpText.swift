// SPDX-License-Identifier: GPL-3.0-or-later

/// The answers to HELP, made from the verb table.
public enum HelpText {
    /// The answer to `HELP` about `topic` on a connection of `role`.
    public static func reply(to topic: Request.HelpTopic, role: Role) -> Reply {
        switch topic {
        case .overview: overview(for: role)
        case .verb(let verb): explanation(of: verb)
        case .table: table()
        }
    }

    /// The verbs that `role` may use, one line each, and which ones need more.
    public static func overview(for role: Role) -> Reply {
        let width = Verb.allCases.map(\.rawValue.count).max() ?? 0
        let allowed = Verb.allCases.filter { $0.specification.role <= role }
        var lines = allowed.map { verb in
            let padding = String(repeating: " ", count: width + 2 - verb.rawValue.count)
            return verb.rawValue + padding + verb.specification.summary
        }
        let refused = Verb.allCases.filter { $0.specification.role > role }
        if !refused.isEmpty {
            lines.append("")
            lines.append(
                "Not for the role \(role.rawValue): "
                    + refused.map(\.rawValue).joined(separator: " ")
                    + (role == .guest
                        ? " (prove first who you are)"
                        : " (connect through the daemon's Unix socket)"))
        }
        lines.append("")
        lines.append("HELP <verb> explains one; HELP --table lists all for programs.")
        return text(lines)
    }

    /// One verb: usage, meaning, arguments, options, table, errors and an example.
    public static func explanation(of verb: Verb) -> Reply {
        let row = verb.specification
        var lines = [row.usage, "", row.summary]
        lines += row.detail
        lines += section("Arguments", row.arguments.map { ($0.name, $0.summary) })
        lines += section("Options", row.options.map { ($0.name + "=", $0.summary) })
        lines += section(
            row.tables.count > 1 ? "Columns (one of)" : "Columns",
            row.tables.map { ($0.joined(separator: " "), "") })
        lines += section(
            "Errors", row.errors.map { ("\($0.rawValue) \($0.name)", $0.summary) })
        lines += ["", "Role: \(row.role.rawValue)", "Example: \(row.example)"]
        return text(lines)
    }

    /// The whole verb table in the machine-readable form that `protocol/PROTOCOL.md` defines.
    public static func table() -> Reply {
        let rows = Verb.allCases.map { verb -> [Value] in
            let row = verb.specification
            return [
                .text(verb.rawValue), list(row.arguments), list(row.options),
                .text(row.role.rawValue), .flag(row.isLong), .integer(row.since),
                .text(row.summary),
            ]
        }
        return Reply(
            columns: ["verb", "arguments", "options", "role", "long", "since", "summary"],
            rows: rows)
    }

    private static func list(_ arguments: [ArgumentSpecification]) -> Value {
        arguments.isEmpty
            ? .missing : .text(arguments.map(\.tableForm).joined(separator: " "))
    }

    private static func section(_ title: String, _ entries: [(String, String)]) -> [String] {
        guard !entries.isEmpty else { return [] }
        let width = entries.map(\.0.count).max() ?? 0
        return ["", "\(title):"]
            + entries.map { name, meaning in
                guard !meaning.isEmpty else { return "  \(name)" }
                let padding = String(repeating: " ", count: width + 2 - name.count)
                return "  \(name)\(padding)\(meaning)"
            }
    }

    private static func text(_ lines: [String]) -> Reply {
        Reply(columns: ["text"], rows: lines.map { [.text($0)] })
    }
}
