// SPDX-License-Identifier: GPL-3.0-or-later

/// Values with their intervals, one row each, on one axis with a line at what they are compared to.
struct IntervalPlot: Plot {
    /// One value.
    struct Row: Sendable {
        let name: String
        let value: Double
        let interval: ClosedRange<Double>
        /// Whether it stands out.
        var isNotable = false
    }

    /// Rows under a heading; a heading may be empty.
    struct Group: Sendable {
        let name: String
        let rows: [Row]
    }

    let measure: String
    let groups: [Group]
    /// Where the line is, and what it stands for.
    let reference: (value: Double, name: String)
    let decimals: Int

    private static let rowHeight = 20.0
    private static let headHeight = 24.0

    func drawing() -> Canvas {
        let rows = groups.flatMap(\.rows)
        let heads = groups.count { !$0.name.isEmpty }
        let body = Double(rows.count) * Self.rowHeight + Double(heads) * Self.headHeight
        var canvas = Canvas(height: body + 76)
        let scale = PlotScale(
            holding: rows.flatMap { [$0.interval.lowerBound, $0.interval.upperBound] }
                + [reference.value], ticks: 4)
        let nameWidth = min(
            150, rows.reduce(0) { max($0, TextWidth.of($1.name, size: Canvas.labelSize)) } + 10)
        let (left, right, bottom) = (nameWidth, Canvas.width - 48, body + 34)
        let x = { (value: Double) in left + scale.fraction(value) * (right - left) }
        canvas.label(measure, at: (0, 12), .start, "axis")
        let axis = PlotAxis(
            name: "", scale: scale, style: .fixed(scale.decimals(4)), wishedTicks: 4)
        for tick in axis.ticks {
            canvas.line((x(tick.place), 26), (x(tick.place), bottom), "grid")
            canvas.label(tick.text, at: (x(tick.place), bottom + 15), .middle, "tick")
        }
        canvas.line((x(reference.value), 24), (x(reference.value), bottom), "reference")
        canvas.label(reference.name, at: (x(reference.value), bottom + 32), .middle, "axis")
        var y = 26.0
        for group in groups {
            if !group.name.isEmpty {
                canvas.label(group.name, at: (0, y + 17), .start, "head")
                y += Self.headHeight
            }
            for row in group.rows {
                draw(row, at: y + Self.rowHeight / 2, x, nameWidth, on: &canvas)
                y += Self.rowHeight
            }
        }
        return canvas
    }

    private func draw(
        _ row: Row, at y: Double, _ x: (Double) -> Double, _ nameWidth: Double,
        on canvas: inout Canvas
    ) {
        let ink = row.isNotable ? Ink.second : .first
        canvas.label(
            TextWidth.fitted(row.name, size: Canvas.labelSize, width: nameWidth - 8),
            at: (0, y + 4), .start, "name")
        canvas.line(
            (x(row.interval.lowerBound), y), (x(row.interval.upperBound), y),
            "line \(ink.rawValue)")
        canvas.circle((x(row.value), y), radius: 3.6, "fill \(ink.rawValue)")
        canvas.label(
            NumberStyle.fixed(decimals).text(of: row.value), at: (Canvas.width, y + 4), .end,
            "value")
    }
}
