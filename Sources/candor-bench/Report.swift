// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Prints results as they come: aligned lines for people or JSON lines for programs, or both.
final class Report {
    private static let nameWidth = 52
    private static let columnWidth = 11

    /// Which table the last line belonged to.
    private enum Table {
        case none, measurements, comparisons
    }

    private let text: ((String) -> Void)?
    private let json: ((String) -> Void)?
    private var part = ""
    private var table = Table.none
    private var tally = TargetTally()

    /// Where lines go, without their ends; nil for nowhere.
    init(text: ((String) -> Void)?, json: ((String) -> Void)?) {
        self.text = text
        self.json = json
    }

    /// Says what the figures were measured on.
    func begin(about notes: [(name: String, value: String)]) {
        for note in notes { text?("\(note.name): \(note.value)") }
        let fields = notes.map { "\(Self.quoted($0.name)):\(Self.quoted($0.value))" }
        json?("{" + (["\"about\":\"candor-bench\""] + fields).joined(separator: ",") + "}")
    }

    /// Begins a part of the results.
    func begin(_ part: Part) {
        self.part = part.rawValue
        table = .none
        text?("\n== \(part.rawValue): \(part.summary)")
    }

    /// Says something that is no figure, such as why there is none.
    func note(_ line: String) {
        text?("note: \(line)")
        json?("{\"part\":\(Self.quoted(part)),\"note\":\(Self.quoted(line))}")
    }

    /// Prints one measurement.
    func add(_ measurement: Measurement) {
        let columns = Measurement.columns
        show(
            .measurements, head: Self.leading("") + columns.map { Self.padded($0.heading) }.joined()
        )
        text?(
            Self.leading(measurement.name)
                + columns.map { column in
                    Self.padded(Self.number(column.value(measurement), column.decimals) ?? "")
                }.joined())
        writeJSON(
            measurement.name,
            columns.map { ($0.key, Self.number($0.value(measurement), $0.decimals)) })
    }

    /// Prints one figure beside a peer's, and counts whether it is what it ought to be.
    func add(_ comparison: Comparison) {
        tally.add(comparison)
        let decimals = comparison.unit.decimals
        let value = Self.number(comparison.value, decimals)
        let peer = Self.number(comparison.peer?.value, decimals)
        let ratio = Self.number(comparison.ratio, 3)
        let verdict = comparison.isMet.map { $0 ? "yes" : "NO" }
        show(
            .comparisons,
            head: Self.leading("")
                + ["ours", "peer", "ratio", "target", "met"].map(Self.padded).joined() + "  beside")
        let cells = [
            value.map { "\($0) \(comparison.unit == .share ? "" : comparison.unit.rawValue)" },
            peer,
            ratio, comparison.target?.text, verdict ?? (comparison.target == nil ? nil : "?"),
        ]
        text?(
            Self.leading(comparison.name) + cells.map { Self.padded($0 ?? "") }.joined() + "  "
                + (comparison.peer?.name ?? ""))
        writeJSON(
            comparison.name,
            [
                ("unit", Self.quoted(comparison.unit.rawValue)), ("ours", value),
                ("beside", comparison.peer.map { Self.quoted($0.name) }), ("peer", peer),
                ("ratio", ratio), ("target", comparison.target.map { Self.quoted($0.text) }),
                ("met", comparison.isMet.map { "\($0)" }),
            ])
    }

    /// Says how many targets were met.
    func end() {
        guard !tally.isEmpty else { return }
        text?("\n" + tally.text)
        let names = tally.missed.map(Self.quoted).joined(separator: ",")
        json?(
            "{\"targets_met\":\(tally.met),\"targets_missed\":\(tally.missed.count),"
                + "\"targets_undecided\":\(tally.undecided.count),\"missed\":[\(names)]}")
    }

    private func show(_ wanted: Table, head: String) {
        guard table != wanted else { return }
        table = wanted
        text?("\n" + head)
    }

    private func writeJSON(_ name: String, _ fields: [(key: String, value: String?)]) {
        guard let json else { return }
        var members = ["\"part\":\(Self.quoted(part))", "\"name\":\(Self.quoted(name))"]
        for (key, value) in fields {
            if let value { members.append("\"\(key)\":\(value)") }
        }
        json("{" + members.joined(separator: ",") + "}")
    }

    private static func leading(_ name: String) -> String {
        name + String(repeating: " ", count: max(1, nameWidth - name.count))
    }

    private static func padded(_ cell: String) -> String {
        String(repeating: " ", count: max(1, columnWidth - cell.count)) + cell
    }

    /// Nil for no number, infinity and NaN, which JSON cannot say.
    private static func number(_ value: Double?, _ decimals: Int) -> String? {
        guard let value, value.isFinite else { return nil }
        return String(format: "%.\(decimals)f", value)
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
