// SPDX-License-Identifier: GPL-3.0-or-later

/// SVG elements of one drawing, added one after the other.
///
/// Colours come from classes alone; text is escaped here.
struct Canvas: Sendable {
    /// The width of every drawing.
    static let width = 400.0
    /// The size of labels.
    static let labelSize = 12.0

    /// Where a text is anchored.
    enum Anchor: String {
        case start, middle, end
    }

    /// A place in the drawing.
    typealias Point = (x: Double, y: Double)

    let height: Double
    private(set) var elements: [String] = []

    init(height: Double) { self.height = height }

    mutating func line(_ from: Point, _ to: Point, _ look: String) {
        elements.append(
            "<line x1=\"\(Self.text(from.x))\" y1=\"\(Self.text(from.y))\" "
                + "x2=\"\(Self.text(to.x))\" y2=\"\(Self.text(to.y))\" class=\"\(look)\"/>")
    }

    mutating func rectangle(_ corner: Point, width: Double, height: Double, _ look: String) {
        elements.append(
            "<rect x=\"\(Self.text(corner.x))\" y=\"\(Self.text(corner.y))\" "
                + "width=\"\(Self.text(max(0, width)))\" height=\"\(Self.text(max(0, height)))\" "
                + "class=\"\(look)\"/>")
    }

    mutating func circle(_ centre: Point, radius: Double, _ look: String) {
        elements.append(
            "<circle cx=\"\(Self.text(centre.x))\" cy=\"\(Self.text(centre.y))\" "
                + "r=\"\(Self.text(radius))\" class=\"\(look)\"/>")
    }

    mutating func label(_ text: String, at place: Point, _ anchor: Anchor, _ look: String = "") {
        let look = look.isEmpty ? "" : " class=\"\(look)\""
        let anchor = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        elements.append(
            "<text x=\"\(Self.text(place.x))\" y=\"\(Self.text(place.y))\"\(anchor)\(look)>"
                + "\(Markup.escaped(text))</text>")
    }

    /// A line through points.
    mutating func path(_ points: [Point], _ look: String) {
        guard let first = points.first else { return }
        var data = "M\(Self.text(first.x)) \(Self.text(first.y))"
        for point in points.dropFirst() {
            data += "L\(Self.text(point.x)) \(Self.text(point.y))"
        }
        elements.append("<path d=\"\(data)\" class=\"\(look)\"/>")
    }

    /// An area bounded by points.
    mutating func area(_ points: [Point], _ look: String) {
        guard let first = points.first else { return }
        var data = "M\(Self.text(first.x)) \(Self.text(first.y))"
        for point in points.dropFirst() {
            data += "L\(Self.text(point.x)) \(Self.text(point.y))"
        }
        elements.append("<path d=\"\(data)Z\" class=\"\(look)\"/>")
    }

    /// Many small dots, as lines without length with round ends: a tenth of the size of circles.
    mutating func dots(_ points: [Point], _ look: String) {
        for start in stride(from: 0, to: points.count, by: 100) {
            let data = points[start..<min(start + 100, points.count)].map {
                "M\(Self.text($0.x)) \(Self.text($0.y))h0"
            }
            elements.append("<path d=\"\(data.joined())\" class=\"dots \(look)\"/>")
        }
    }

    /// A coordinate with one decimal at most; traps unless it is finite.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        guard tenths % 10 != 0 else { return "\(tenths / 10)" }
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }
}
