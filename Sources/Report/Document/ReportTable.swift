// SPDX-License-Identifier: GPL-3.0-or-later

/// A table of texts and numbers.
public struct ReportTable: Sendable {
    /// One column's head.
    public struct Column: Sendable {
        /// Its name.
        public let name: String
        /// Whether its cells are numbers, set flush right.
        public let isNumeric: Bool

        /// A column of numbers.
        public static func numbers(_ name: String) -> Column { .init(name: name, isNumeric: true) }
        /// A column of texts.
        public static func texts(_ name: String) -> Column { .init(name: name, isNumeric: false) }
    }

    /// What it shows, in a sentence.
    public let caption: Prose
    /// The columns.
    public let columns: [Column]
    /// The rows, each with a cell for every column; the first cell names the row.
    public let rows: [[Prose]]

    /// Joins the parts; traps unless every row has a cell for every column.
    public init(_ caption: Prose, columns: [Column], rows: [[Prose]]) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a row of another table")
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    var numbers: [ReportNumber] { caption.numbers + rows.joined().flatMap(\.numbers) }
}
