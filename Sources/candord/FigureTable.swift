// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of figures under named columns, for people and for programs.
struct FigureTable {
    /// The table's own name, for programs.
    let name: String
    let columns: [String]
    private(set) var rows: [[FigureValue]] = []

    init(name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }

    /// Adds a row; traps unless it has a value for every column.
    mutating func append(_ row: [FigureValue]) {
        precondition(row.count == columns.count, "a row of another table")
        rows.append(row)
    }

    /// Aligned columns under their names.
    var text: String {
        let cells = rows.map { $0.map(\.text) }
        let widths = columns.indices.map { column in
            cells.reduce(columns[column].count) { max($0, $1[column].count) }
        }
        let isNumeric = columns.indices.map { column in
            rows.allSatisfy { $0[column].isNumeric }
        }
        return ([columns] + cells).map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[column] - cell.count)
                line += (column > 0 ? "  " : "") + (isNumeric[column] ? gap + cell : cell + gap)
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// `"name":[{column:value,…},…]`, a member of an object.
    var jsonMember: String {
        let objects = rows.map { row in
            let members = zip(columns, row).map { "\"\($0)\":\($1.json)" }
            return "{" + members.joined(separator: ",") + "}"
        }
        return "\"\(name)\":[" + objects.joined(separator: ",") + "]"
    }
}
