// SPDX-License-Identifier: GPL-3.0-or-later

/// Lines over two axes, each with its name at its end.
struct LinePlot: Plot {
    /// One line.
    struct Series: Sendable {
        let name: String
        let points: [(x: Double, y: Double)]
        let ink: Ink
        /// Whether the points are marked.
        var isMarked = false
        /// Lower and upper ends at each point, in their order.
        var bands: [ClosedRange<Double>] = []
        /// Whether it is drawn as what others are compared with.
        var isReference = false
    }

    let across: PlotAxis
    let up: PlotAxis
    let series: [Series]
    var height = 260.0

    func drawing() -> Canvas {
        var canvas = Canvas(height: height)
        let named = series.filter { !$0.name.isEmpty && !$0.points.isEmpty }
        let widest = named.reduce(0.0) { max($0, TextWidth.of($1.name, size: Canvas.labelSize)) }
        let frame = PlotFrame(
            across: across, up: up, height: height,
            rightMargin: named.isEmpty ? 12 : min(widest + 12, 150))
        frame.draw(on: &canvas)
        for line in series { draw(line, in: frame, on: &canvas) }
        let wished = named.map { line in
            line.points.last.map { frame.point($0.x, $0.y).y + 4 } ?? 0
        }
        let places = LabelPlaces.apart(wished, gap: 14, within: frame.top...(frame.bottom + 2))
        for (line, y) in zip(named, places) {
            canvas.label(
                TextWidth.fitted(line.name, size: Canvas.labelSize, width: 142),
                at: (frame.right + 6, y), .start,
                line.isReference ? "name" : "text-\(line.ink.rawValue)")
        }
        return canvas
    }

    private func draw(_ line: Series, in frame: PlotFrame, on canvas: inout Canvas) {
        let places = line.points.map { frame.point($0.x, $0.y) }
        if !line.bands.isEmpty {
            let upper = zip(line.points, line.bands).map { frame.point($0.x, $1.upperBound) }
            let lower = zip(line.points, line.bands).map { frame.point($0.x, $1.lowerBound) }
            canvas.area(upper + lower.reversed(), "band \(line.ink.rawValue)")
        }
        canvas.path(places, (line.isReference ? "reference" : "line \(line.ink.rawValue)"))
        guard line.isMarked else { return }
        for place in places { canvas.circle(place, radius: 3.2, "fill \(line.ink.rawValue)") }
    }
}
