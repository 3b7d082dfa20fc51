// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Draws an audit for a person: a table for each metric, with all its intervals on one scale.
struct AuditRenderer {
    private let reply: ReceivedReply
    private let width: Int?
    private let theme: Theme

    /// Columns for programs; people read the section off the metric and p after adjustment.
    private static let hidden: Set = ["metric", "section", "excess", "p", "family"]
    /// The columns of a picture, and the fewest that are worth drawing.
    private static let pictureColumns = 28
    private static let pictureColumnsMin = 10

    init(_ reply: ReceivedReply, width: Int?, theme: Theme) {
        self.reply = reply
        self.width = width
        self.theme = theme
    }

    /// The lines of all metrics, an empty line between two.
    var lines: [String] {
        var metrics: [String] = []
        for row in reply.rows {
            guard let metric = cell(row, "metric"), !metrics.contains(metric) else { continue }
            metrics.append(metric)
        }
        return metrics.enumerated().flatMap { place, metric in
            let rows = reply.rows.filter { cell($0, "metric") == metric }
            return (place > 0 ? [""] : []) + [theme.dressed(SafeText.of(metric), .strong)]
                + table(rows)
        }
    }

    private func table(_ rows: [[String?]]) -> [String] {
        let names = reply.columns.filter { name in
            !Self.hidden.contains(name) && rows.contains { cell($0, name) != nil }
        }
        let columns = names.map { name in
            let look = ColumnLook.of(name)
            return TextTable.Column(
                title: look.title, alignsRight: look.alignsRight, mayShrink: look.mayShrink)
        }
        let cells = rows.map { row in
            names.map { name in Self.dressed(cell(row, name), name) }
        }
        let plain = TextTable(columns: columns, rows: cells)
        let taken =
            plain.lines(width: nil, theme: Theme(isColoured: false))
            .map { DisplayWidth.of($0) }.max() ?? 0
        let room = min(Self.pictureColumns, (width ?? Int.max) - taken - 2)
        guard room >= Self.pictureColumnsMin else {
            return plain.lines(width: width, theme: theme)
        }
        let pictures = pictures(rows, columns: room)
        return TextTable(
            columns: columns + [.init(title: "")],
            rows: zip(cells, pictures).map { $0 + [.init(text: $1, style: .key)] }
        ).lines(width: width, theme: theme)
    }

    private static func dressed(_ text: String?, _ name: String) -> TextTable.Cell {
        guard name == "finding" else { return ColumnLook.of(name).cell(text, of: name) }
        guard let text else { return .init(text: "") }
        return .init(text: SafeText.of(text), style: text == "significant" ? .strong : .faint)
    }

    /// Intervals about what is measured or, where there are none, bars from zero.
    private func pictures(_ rows: [[String?]], columns: Int) -> [String] {
        let measured = reply.columns.contains("difference") ? "difference" : "value"
        let ends = rows.flatMap { row in
            [measured, "low", "high"].compactMap { number(row, $0) }
        }
        let (least, most) = (ends.min() ?? 0, ends.max() ?? 0)
        let hasIntervals = rows.contains { cell($0, "low") != nil }
        return rows.map { row in
            guard let value = number(row, measured) else { return "" }
            guard hasIntervals || least < 0 else {
                return Drawing.bar(value, most: most, columns: columns)
            }
            return Drawing.interval(
                value, low: number(row, "low"), high: number(row, "high"), scale: least...most,
                columns: columns)
        }
    }

    private func cell(_ row: [String?], _ name: String) -> String? {
        reply.columns.firstIndex(of: name).flatMap { row[$0] }
    }

    private func number(_ row: [String?], _ name: String) -> Double? {
        cell(row, name).flatMap(Double.init)
    }
}
