// SPDX-License-Identifier: GPL-3.0-or-later

/// A table for people: aligned columns that fit the terminal.
struct TextTable {
    /// One column's heading and layout.
    struct Column {
        let title: String
        var alignsRight = false
        /// Whether long cells may be cut to make the table fit.
        var mayShrink = false
    }

    /// One cell: a single line of harmless text, and how it looks.
    struct Cell {
        let text: String
        var style = Theme.Style.plain
    }

    /// The narrowest that a column is cut to.
    static let shrunkColumnsMin = 12

    let columns: [Column]
    let rows: [[Cell]]

    /// The table's lines, heading first (none if every title is empty).
    ///
    /// - Parameters:
    ///   - width: the terminal's columns; nil sets no limit.
    ///   - theme: how cells are dressed.
    /// - Returns: one string per line, without line ends.
    func lines(width: Int?, theme: Theme) -> [String] {
        let widths = columnWidths(within: width)
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            let heading = columns.map { Cell(text: $0.title, style: .heading) }
            lines.append(line(heading, widths, theme))
        }
        for row in rows { lines.append(line(row, widths, theme)) }
        return lines
    }

    private func columnWidths(within limit: Int?) -> [Int] {
        var widths = columns.map { DisplayWidth.of($0.title) }
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], DisplayWidth.of(trimmed(cell, index)))
            }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - limit
        while excess > 0 {
            let shrinkable = columns.indices.filter {
                columns[$0].mayShrink && widths[$0] > Self.shrunkColumnsMin
            }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// The cell's text, without the blanks at the end where nothing follows them.
    private func trimmed(_ cell: Cell, _ index: Int) -> String {
        var text = cell.text
        guard index == columns.count - 1 else { return text }
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ theme: Theme) -> String {
        var line = ""
        var owed = 0
        for (index, cell) in cells.enumerated() {
            let text = DisplayWidth.truncated(trimmed(cell, index), to: widths[index])
            let padding = widths[index] - DisplayWidth.of(text)
            let before = columns[index].alignsRight ? padding : 0
            if !text.isEmpty {
                line += String(repeating: " ", count: owed + before)
                line += theme.dressed(text, cell.style)
                owed = 0
            } else {
                owed += before
            }
            owed += padding - before + 2
        }
        return line
    }
}
