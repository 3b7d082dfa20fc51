// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Draws replies for a person at a terminal: aligned tables, stars, bars and intervals.
struct PeopleRenderer {
    /// The terminal's columns; nil sets no limit.
    let width: Int?
    let theme: Theme

    /// The columns of the pictures beside numbers.
    private static let pictureColumns = 10
    /// The narrowest terminal on which tables show stars: titles need the room more.
    private static let starsWidthMin = 80

    /// The reply as lines without line ends.
    func lines(_ reply: ReceivedReply) -> [String] {
        if reply.columns == ["text"] {
            return reply.rows.map { SafeText.of($0[0] ?? "") }
        }
        if reply.columns == ["name", "value"] {
            let facts = reply.rows.map { ReceivedReply.Field($0[0] ?? "", $0[1]) }
            return list(reply.fields + facts, best: Self.best(of: reply)) + [
                dressedFooter(of: reply)
            ]
        }
        if VerificationLines.fit(reply) {
            return VerificationLines(reply).lines(width: width, theme: theme) + [
                dressedFooter(of: reply)
            ]
        }
        let main = mainFields(of: reply)
        var lines = main.isEmpty ? [] : list(main, best: Self.best(of: reply))
        if !reply.columns.isEmpty, !reply.rows.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines +=
                reply.columns.contains("metric")
                ? AuditRenderer(reply, width: width, theme: theme).lines : table(reply)
        }
        return lines + [dressedFooter(of: reply)]
    }

    // MARK: Fields

    /// Fields that say where an answer comes from; they go to the line below it.
    private static let provenance: Set<String> = [
        "source", "reason", "short", "head", "excluded", "sequence", "held_out", "resamples",
        "seed",
        "interval", "suppressed", "caution", "section", "left_out", "confirmatory_tests",
        "exploratory_tests", "not_audited", "supported", "contradicted", "unverifiable",
    ]

    private func mainFields(of reply: ReceivedReply) -> [ReceivedReply.Field] {
        reply.fields.filter { !Self.provenance.contains($0.name) }
    }

    private func dressedFooter(of reply: ReceivedReply) -> String {
        var parts: [String] = []
        if !reply.columns.isEmpty {
            parts.append(reply.rows.count == 1 ? "1 row" : "\(reply.rows.count) rows")
        }
        for field in reply.fields where Self.provenance.contains(field.name) {
            guard let value = field.value else { continue }
            parts.append("\(field.name) \(SafeText.of(value))")
        }
        parts.append("generation \(reply.generation)")
        return theme.dressed("(" + parts.joined(separator: " · ") + ")", .faint)
    }

    private func list(_ all: [ReceivedReply.Field], best: Int) -> [String] {
        let prediction = PredictionFields(all)
        let fields = prediction.fields
        let names = fields.map { SafeText.of($0.name.replacing("_", with: " ")) }
        let nameColumns = names.map { DisplayWidth.of($0) }.max() ?? 0
        return zip(names, fields).map { name, field in
            let padding = String(repeating: " ", count: nameColumns + 2 - DisplayWidth.of(name))
            let cell = ColumnLook.of(field.name).cell(field.value, of: field.name)
            let room = width.map { max($0 - nameColumns - 2, 1) } ?? Int.max
            let stars = field.name == "stars" ? prediction.stars : nil
            let value = DisplayWidth.truncated(stars ?? cell.text, to: room)
            let style: Theme.Style = field.value == nil ? .faint : .strong
            var line = theme.dressed(name, .faint) + padding + theme.dressed(value, style)
            if Self.isStars(field.name), let number = field.value.flatMap(Double.init) {
                line += "  " + theme.dressed(Drawing.stars(number, best: best), .stars)
            }
            return line
        }
    }

    // MARK: Tables

    /// The cell of `row` in the column called `name`, if both are there.
    private static func cell(
        _ reply: ReceivedReply, _ row: [String?], _ name: String
    ) -> String? {
        reply.columns.firstIndex(of: name).flatMap { row[$0] }
    }

    private static func isStars(_ name: String) -> Bool { name == "stars" || name == "rating" }

    /// How many stars are the best rating: the scale's upper end if the reply names it, else 5.
    private static func best(of reply: ReceivedReply) -> Int {
        guard let most = reply["scale_high"].flatMap(Double.init), (1...10).contains(most) else {
            return 5
        }
        return Int(most.rounded(.up))
    }

    private func table(_ reply: ReceivedReply) -> [String] {
        let shown = reply.columns.indices.filter { index in
            reply.rows.contains { $0[index] != nil }
        }
        var columns: [TextTable.Column] = []
        var cells = [[TextTable.Cell]](repeating: [], count: reply.rows.count)
        for index in shown {
            let name = reply.columns[index]
            let look = ColumnLook.of(name)
            columns.append(
                .init(
                    title: look.title, alignsRight: look.alignsRight, mayShrink: look.mayShrink))
            for (row, values) in reply.rows.enumerated() {
                let isSpecial = Self.note(on: reply, values) != nil
                if isSpecial, values[index] == nil {
                    let note = name == "title" ? Self.note(on: reply, values) : nil
                    cells[row].append(.init(text: note ?? "", style: .faint))
                } else {
                    cells[row].append(look.cell(values[index], of: name))
                }
            }
            guard let pictures = pictures(of: name, at: index, in: reply) else { continue }
            columns.append(.init(title: ""))
            for (row, picture) in pictures.enumerated() { cells[row].append(picture) }
        }
        return TextTable(columns: columns, rows: cells).lines(width: width, theme: theme)
    }

    /// What an explanation's line that is about no single item stands for; nil for other lines.
    private static func note(on reply: ReceivedReply, _ row: [String?]) -> String? {
        switch cell(reply, row, "line") {
        case "base": "what holds for everyone"
        case "rest": "all further ratings"
        default: nil
        }
    }

    /// What is drawn beside a column, one cell for each row; nil for nothing.
    private func pictures(
        of name: String, at index: Int, in reply: ReceivedReply
    ) -> [TextTable.Cell]? {
        let numbers = reply.rows.map { $0[index].flatMap(Double.init) }
        switch name {
        case "stars", "rating":
            guard width ?? Self.starsWidthMin >= Self.starsWidthMin else { return nil }
            let best = Self.best(of: reply)
            guard numbers.allSatisfy({ (0...Double(best)).contains($0 ?? 0) }) else { return nil }
            return numbers.map {
                .init(text: $0.map { Drawing.stars($0, best: best) } ?? "", style: .stars)
            }
        case "similarity":
            return numbers.map {
                .init(
                    text: Drawing.bar($0 ?? 0, most: 1, columns: Self.pictureColumns),
                    style: .positive)
            }
        case "count":
            let most = numbers.compactMap(\.self).max() ?? 0
            return numbers.map {
                .init(text: Drawing.bar($0 ?? 0, most: most, columns: 2 * Self.pictureColumns))
            }
        case "share": return shareBars(numbers, reply)
        default: return nil
        }
    }

    /// Bars of the shares of single ratings; base and rest stand for many and would dwarf them.
    private func shareBars(_ shares: [Double?], _ reply: ReceivedReply) -> [TextTable.Cell] {
        let drawn = zip(shares, reply.rows).map { share, row in
            Self.note(on: reply, row) == nil ? share : nil
        }
        let most = drawn.compactMap { $0?.magnitude }.max() ?? 0
        let hasNegative = drawn.contains { ($0 ?? 0) < 0 }
        return drawn.map { share in
            guard let share else { return .init(text: "") }
            let columns = Self.pictureColumns
            let bar =
                hasNegative
                ? Drawing.signedBar(share, most: most, columns: columns)
                : Drawing.bar(share, most: most, columns: 2 * columns)
            return .init(text: bar, style: share < 0 ? .negative : .positive)
        }
    }
}
