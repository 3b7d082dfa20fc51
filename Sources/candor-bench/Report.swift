// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Prints measurements as they come: aligned lines for people or JSON lines for programs.
struct Report {
    private static let nameWidth = 36
    private static let columnWidth = 11

    /// Whether JSON is printed.
    let isJSON: Bool

    /// Prints what the figures were measured on, and the table's head.
    func begin(about notes: [(name: String, value: String)]) {
        if isJSON {
            let fields = [("about", "candor-bench")] + notes
            write("{" + fields.map { "\(quoted($0)):\(quoted($1))" }.joined(separator: ",") + "}")
            return
        }
        for note in notes { write("\(note.name): \(note.value)") }
        let head = Measurement.columns.map { padded($0.heading) }.joined()
        write("\n" + leading("") + head)
    }

    /// Prints one measurement.
    func add(_ measurement: Measurement) {
        if isJSON {
            var fields = ["\"name\":\(quoted(measurement.name))"]
            for column in Measurement.columns {
                guard let value = column.value(measurement) else { continue }
                fields.append("\"\(column.key)\":\(number(value, decimals: column.decimals))")
            }
            write("{" + fields.joined(separator: ",") + "}")
            return
        }
        let cells = Measurement.columns.map { column in
            padded(column.value(measurement).map { number($0, decimals: column.decimals) } ?? "")
        }
        write(leading(measurement.name) + cells.joined())
    }

    private func leading(_ name: String) -> String {
        name.padding(toLength: Self.nameWidth, withPad: " ", startingAt: 0)
    }

    private func padded(_ cell: String) -> String {
        String(repeating: " ", count: max(1, Self.columnWidth - cell.count)) + cell
    }

    private func number(_ value: Double, decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// Each line at once, so that a reader on a pipe sees them come.
    private func write(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
