// SPDX-License-Identifier: GPL-3.0-or-later

/// A report as one HTML page that needs nothing else: styles and drawings stand in it, and it has
/// no script.
public struct HTMLPage: Sendable {
    /// The page's lines, without their ends; none holds a line end.
    public private(set) var lines: [String] = []
    private var tableCount = 0

    /// Writes `document`; `hash` gives the SHA-256 of bytes in hexadecimal digits.
    public init(_ document: ReportDocument, hash: ([UInt8]) -> String) {
        let title = Markup.escaped(document.title)
        lines += [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "<meta name=\"robots\" content=\"noindex\">",
            "<link rel=\"icon\" href=\"data:,\">", "<title>\(title)</title>", "<style>",
        ]
        lines += Stylesheet.lines
        lines += [
            "</style>", "</head>", "<body>", "<a class=\"skip\" href=\"#report\">To the report</a>",
        ]
        navigation(document)
        lines += [
            "<main id=\"report\">", "<header>", "<h1>\(title)</h1>",
            "<p class=\"lead\">\(HTMLText.of(document.lead))</p>", "</header>",
        ]
        for section in document.sections { append(section) }
        numbers(document.numbers, hash)
        lines += ["</main>", "</body>", "</html>"]
    }

    /// What links to the table of numbers point to.
    static let numbersID = "numbers"

    private mutating func navigation(_ document: ReportDocument) {
        lines += ["<nav aria-label=\"Contents\">", "<ol>"]
        for section in document.sections {
            lines.append("<li><a href=\"#\(section.id)\">\(Markup.escaped(section.title))</a></li>")
        }
        lines += ["<li><a href=\"#\(Self.numbersID)\">Every number</a></li>", "</ol>", "</nav>"]
    }

    private mutating func append(_ section: ReportSection) {
        lines += [
            "<section aria-labelledby=\"\(section.id)\">",
            "<h2 id=\"\(section.id)\">\(Markup.escaped(section.title))</h2>",
        ]
        for block in section.blocks { append(block) }
        lines.append("</section>")
    }

    private mutating func append(_ block: ReportBlock) {
        switch block {
        case .paragraph(let prose): lines.append("<p>\(HTMLText.of(prose))</p>")
        case .note(let prose): lines.append("<p class=\"note\">\(HTMLText.of(prose))</p>")
        case .heading(let text): lines.append("<h3>\(Markup.escaped(text))</h3>")
        case .list(let points):
            lines.append("<ul>")
            lines += points.map { "<li>\(HTMLText.of($0))</li>" }
            lines.append("</ul>")
        case .table(let table): append(table)
        case .figures(let figures):
            lines.append("<div class=\"figures\">")
            for figure in figures { append(figure) }
            lines.append("</div>")
        case .cards(let cards):
            lines.append("<dl class=\"cards\">")
            for card in cards {
                lines.append(
                    "<div><dt>\(Markup.escaped(card.label))</dt>"
                        + "<dd><b>\(HTMLText.of(card.number))</b>"
                        + "<span>\(HTMLText.of(card.remark))</span></dd></div>")
            }
            lines.append("</dl>")
        case .definitions(let entries):
            lines.append("<dl class=\"terms\">")
            for entry in entries {
                lines.append(
                    "<dt>\(Markup.escaped(entry.term))</dt><dd>\(HTMLText.of(entry.meaning))</dd>")
            }
            lines.append("</dl>")
        }
    }

    private mutating func append(_ table: ReportTable) {
        let look = { (column: ReportTable.Column) in column.isNumeric ? " class=\"n\"" : "" }
        tableCount += 1
        let caption = "table-\(tableCount)"
        lines += [
            "<p class=\"caption\" id=\"\(caption)\">\(HTMLText.of(table.caption))</p>",
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"\(caption)\">",
            "<table aria-labelledby=\"\(caption)\">", "<thead><tr>",
        ]
        lines += table.columns.map {
            "<th scope=\"col\"\(look($0))>\(Markup.escaped($0.name))</th>"
        }
        lines += ["</tr></thead>", "<tbody>"]
        for row in table.rows {
            let cells = zip(table.columns, row).enumerated().map { place, cell in
                place == 0
                    ? "<th scope=\"row\"\(look(cell.0))>\(HTMLText.of(cell.1))</th>"
                    : "<td\(look(cell.0))>\(HTMLText.of(cell.1))</td>"
            }
            lines.append("<tr>\(cells.joined())</tr>")
        }
        lines += ["</tbody>", "</table>", "</div>"]
    }

    private mutating func append(_ figure: ReportFigure) {
        let canvas = figure.plot.drawing()
        lines += [
            "<figure id=\"figure-\(figure.id)\">",
            "<h4>\(Markup.escaped(figure.title))</h4>",
            "<svg viewBox=\"0 0 \(Int(Canvas.width)) \(Int(canvas.height.rounded(.up)))\" role=\"img\" "
                + "aria-labelledby=\"title-\(figure.id) text-\(figure.id)\">",
            "<title id=\"title-\(figure.id)\">\(Markup.escaped(figure.title))</title>",
            "<desc id=\"text-\(figure.id)\">\(Markup.escaped(figure.description))</desc>",
        ]
        lines += canvas.elements
        lines += ["</svg>", "<figcaption>\(HTMLText.of(figure.caption))</figcaption>", "</figure>"]
    }

    private mutating func numbers(_ numbers: [ReportNumber], _ hash: ([UInt8]) -> String) {
        lines += [
            "<section aria-labelledby=\"\(Self.numbersID)\">",
            "<h2 id=\"\(Self.numbersID)\">Every number</h2>",
            "<p>Each number of this page once, exact, with what it was computed from. A hash is the "
                + "first 12 digits of a SHA-256. The last column identifies the number together "
                + "with its name, data, model and split: the same id means the same measurement "
                + "with the same result. <code>REPORT form=numbers</code> gives this table to "
                + "programs, with the hashes in full.</p>",
            "<details><summary>All \(numbers.count) numbers</summary>",
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Every number\">",
            "<table class=\"numbers\">", "<thead><tr>",
        ]
        let columns = ["name", "what it is", "value", "from", "data", "model", "split", "id"]
        lines += columns.map {
            "<th scope=\"col\"\($0 == "value" ? " class=\"n\"" : "")>\($0)</th>"
        }
        lines += ["</tr></thead>", "<tbody>"]
        let short = { (hash: String?) in "<code>\(hash.map { String($0.prefix(12)) } ?? "–")</code>"
        }
        for number in numbers {
            let value =
                number.style == .count
                ? number.text : number.value.isFinite ? "\(number.value)" : "–"
            lines.append(
                "<tr><th scope=\"row\"><code>\(Markup.escaped(number.id))</code></th>"
                    + "<td>\(Markup.escaped(number.meaning))</td>"
                    + "<td class=\"n\">\(value)</td><td>\(Markup.escaped(number.source.name))</td>"
                    + "<td>\(short(number.source.data))</td><td>\(short(number.source.model))</td>"
                    + "<td>\(short(number.source.split))</td>"
                    + "<td><code>\(number.provenance(hash))</code></td></tr>")
        }
        lines += ["</tbody>", "</table>", "</div>", "</details>", "</section>"]
    }
}
