// SPDX-License-Identifier: GPL-3.0-or-later

/// Points in the plane in a few colours, with names written at chosen places.
struct ScatterPlot: Plot {
    /// Points of one colour.
    struct Cloud: Sendable {
        let name: String
        let points: [(x: Double, y: Double)]
        let ink: Ink
    }

    let across: PlotAxis
    let up: PlotAxis
    let clouds: [Cloud]
    /// Names and where they belong.
    let names: [(text: String, x: Double, y: Double)]

    func drawing() -> Canvas {
        let height = 400.0
        var canvas = Canvas(height: height)
        let frame = PlotFrame(across: across, up: up, height: height - 20)
        frame.draw(on: &canvas)
        for cloud in clouds {
            canvas.dots(cloud.points.map { frame.point($0.x, $0.y) }, cloud.ink.rawValue)
        }
        drawNames(in: frame, on: &canvas)
        var end = frame.left
        for cloud in clouds {
            canvas.circle((end + 5, height - 9), radius: 4, "fill \(cloud.ink.rawValue)")
            canvas.label(cloud.name, at: (end + 13, height - 5), .start, "name")
            end += TextWidth.of(cloud.name, size: Canvas.labelSize) + 30
        }
        return canvas
    }

    /// How far names may be moved, the shortest way first.
    private static let steps: [Double] = (0..<200).flatMap { [Double($0), -Double($0)] }

    /// Writes the names, top to bottom, each moved up or down until it stands on no other.
    private func drawNames(in frame: PlotFrame, on canvas: inout Canvas) {
        var taken: [(x: ClosedRange<Double>, y: Double)] = []
        let placed = names.map { name in (name.text, frame.point(name.x, name.y)) }
        for (whole, place) in placed.sorted(by: { ($0.1.y, $0.0) < ($1.1.y, $1.0) }) {
            let text = TextWidth.fitted(
                whole, size: Canvas.labelSize, width: (frame.right - frame.left) / 2)
            let half = TextWidth.of(text, size: Canvas.labelSize) / 2 + 4
            let centre = min(max(place.x, frame.left + half), frame.right - half)
            let span = (centre - half)...(centre + half)
            let free = Self.steps.map { place.y + $0 }.first { y in
                let isTaken = taken.contains { $0.x.overlaps(span) && abs($0.y - y) < 13 }
                return y > frame.top + 8 && y < frame.bottom - 2 && !isTaken
            }
            guard let y = free else { continue }
            taken.append((span, y))
            canvas.label(text, at: (centre, y + 4), .middle, "halo")
        }
    }
}
