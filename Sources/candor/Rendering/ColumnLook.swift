// SPDX-License-Identifier: GPL-3.0-or-later

/// How the columns that replies share look to a person: one look per name, whatever the verb.
struct ColumnLook {
    /// The column's heading; the wire's name where nothing reads better.
    let title: String
    var alignsRight = false
    /// Whether long cells may be cut.
    var mayShrink = false
    /// Decimals shown of numbers.
    var digits = 4
    var style = Theme.Style.plain

    /// The look of the column called `name` on the wire.
    static func of(_ name: String) -> ColumnLook {
        switch name {
        case "rank": ColumnLook(title: "#", alignsRight: true, style: .faint)
        case "before": ColumnLook(title: "before", alignsRight: true, style: .faint)
        case "item": ColumnLook(title: "item", alignsRight: true, style: .key)
        case "title", "summary": ColumnLook(title: name, mayShrink: true)
        case "score": ColumnLook(title: "score", alignsRight: true, digits: 3)
        case "share", "effect": ColumnLook(title: name, alignsRight: true, digits: 4)
        case "similarity": ColumnLook(title: "similarity", alignsRight: true, digits: 3)
        case "stars", "rating", "rated", "shift":
            ColumnLook(title: name, alignsRight: true, digits: 2)
        case "year", "date", "created": ColumnLook(title: name, style: .faint)
        case "line": ColumnLook(title: "", style: .faint)
        case "id": ColumnLook(title: "id", style: .key)
        case "evidence": ColumnLook(title: name, mayShrink: true, style: .faint)
        case "value", "low", "high", "chance", "excess", "detectable", "first", "second",
            "difference":
            ColumnLook(title: name, alignsRight: true)
        case "p", "p_adjusted":
            ColumnLook(title: name == "p" ? "p" : "p adj.", alignsRight: true, digits: 3)
        case "us", "mean_us", "p50_us", "p90_us", "p99_us", "p999_us", "max_us":
            ColumnLook(
                title: name.replacing("_us", with: " µs").replacing("us", with: "µs"),
                alignsRight: true, digits: 1)
        case "users", "items", "ratings", "count", "requests", "errors", "generation", "seed",
            "waiting", "connection", "pid", "uid", "age_s", "idle_s":
            ColumnLook(title: name, alignsRight: true)
        case "verb": ColumnLook(title: name, style: .key)
        default: ColumnLook(title: name, mayShrink: true)
        }
    }

    /// A cell of this column for people.
    ///
    /// - Parameters:
    ///   - text: the cell as the server wrote it; nil for a value that is missing.
    ///   - name: the column's name on the wire.
    /// - Returns: the cell, with pictures where the column has them.
    func cell(_ text: String?, of name: String) -> TextTable.Cell {
        guard let text else { return .init(text: "–", style: .faint) }
        return .init(text: Self.number(text, of: name, digits: digits), style: style)
    }

    /// A number of the column or field called `name`, for people; other text is made safe.
    static func number(_ text: String, of name: String, digits: Int) -> String {
        switch name {
        case "users", "items", "ratings", "count", "requests", "rows": Numerals.grouped(text)
        case "effect": Numerals.signed(text, digits: digits)
        case "title", "item", "request", "text", "name", "summary", "group", "hash":
            SafeText.of(text)
        default: SafeText.of(Numerals.shortened(text, digits: digits))
        }
    }
}
