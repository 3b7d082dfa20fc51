// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks replies against what the verb table promises about them.
public enum ReplyShape {
    /// What is wrong with `reply` as an answer to `verb`, one sentence each; empty when nothing.
    ///
    /// The columns must be one of the declared tables (or none, where a verb declares none or the
    /// reply has no rows), every row as wide, names well-formed and unique, fields not called
    /// what every reply has anyway, and numbers finite.
    public static func problems(_ reply: Reply, for verb: Verb) -> [String] {
        tableProblems(reply, verb.specification) + fieldProblems(reply)
    }

    private static func tableProblems(
        _ reply: Reply, _ specification: VerbSpecification
    ) -> [String] {
        var problems: [String] = []
        let isDeclared = specification.tables.contains(reply.columns)
        if !isDeclared, !(reply.columns.isEmpty && reply.rows.isEmpty) {
            problems.append(
                "\(specification.verb.rawValue) does not declare the columns "
                    + reply.columns.joined(separator: ","))
        }
        for (index, row) in reply.rows.enumerated() {
            if row.count != reply.columns.count {
                problems.append(
                    "row \(index + 1) has \(row.count) cells under \(reply.columns.count) columns")
            }
            if !row.allSatisfy(isFinite) {
                problems.append("row \(index + 1) has a number that is not finite")
            }
        }
        return problems
    }

    private static func fieldProblems(_ reply: Reply) -> [String] {
        var problems: [String] = []
        var seen: Set<String> = []
        for field in reply.fields {
            if !isName(field.name) {
                problems.append("the field name \(Quoting.excerpt(field.name)) is not well-formed")
            }
            if field.name == "columns" || JSONReply.reservedNames.contains(field.name) {
                problems.append("the field name \(field.name) is taken by the protocol")
            }
            if !seen.insert(field.name).inserted {
                problems.append("the field \(field.name) comes twice")
            }
            if !isFinite(field.value) {
                problems.append("the field \(field.name) is a number that is not finite")
            }
        }
        return problems
    }

    /// Whether a text is a field's or column's name: a lower-case letter, then lower-case letters,
    /// digits and `_`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return ASCII.startsName(first) && text.utf8.allSatisfy(ASCII.continuesName)
    }

    private static func isFinite(_ value: Value) -> Bool {
        guard case .number(let number) = value else { return true }
        return number.isFinite
    }
}
