// SPDX-License-Identifier: GPL-3.0-or-later

/// A table of signed numbers whose cells are tinted by them: one colour above zero, another below.
struct HeatPlot: Plot {
    let columns: [String]
    let rows: [(name: String, values: [Double])]
    /// What the numbers are.
    let measure: String

    private static let rowHeight = 21.0
    /// The tints, from faint to strong.
    private static let tints = 4

    func drawing() -> Canvas {
        var canvas = Canvas(height: Double(rows.count) * Self.rowHeight + 56)
        let nameWidth = min(
            120, rows.reduce(0) { max($0, TextWidth.of($1.name, size: Canvas.labelSize)) } + 8)
        let slot = (Canvas.width - nameWidth) / Double(max(1, columns.count))
        canvas.label(measure, at: (0, 11), .start, "axis")
        for (place, column) in columns.enumerated() {
            let words = column.split(separator: " ", maxSplits: 1).map(String.init)
            let isWide = TextWidth.of(column, size: Canvas.labelSize) > slot - 2
            let lines = isWide && words.count == 2 ? words : [column]
            for (rank, line) in lines.enumerated() {
                canvas.label(
                    TextWidth.fitted(line, size: Canvas.labelSize, width: slot),
                    at: (
                        nameWidth + (Double(place) + 0.5) * slot,
                        45 - 14 * Double(lines.count - 1 - rank)
                    ), .middle, "tick")
            }
        }
        let strongest = max(
            rows.flatMap(\.values).map(\.magnitude).filter(\.isFinite).max() ?? 1,
            .leastNonzeroMagnitude)
        for (rank, row) in rows.enumerated() {
            let y = 52 + Double(rank) * Self.rowHeight
            canvas.label(
                TextWidth.fitted(row.name, size: Canvas.labelSize, width: nameWidth - 6),
                at: (0, y + 15), .start, "name")
            for (place, value) in row.values.enumerated() where value.isFinite {
                let x = nameWidth + Double(place) * slot
                let tint = Int((value.magnitude / strongest * Double(Self.tints)).rounded())
                canvas.rectangle(
                    (x + 1, y + 1), width: slot - 2, height: Self.rowHeight - 2,
                    "cell \(value < 0 ? "below" : "above") tint\(tint)")
                let sign = value > 0 ? "+" : ""
                canvas.label(
                    sign + NumberStyle.fixed(0).text(of: value),
                    at: (x + slot / 2, y + 15), .middle, "cell-value")
            }
        }
        return canvas
    }
}
