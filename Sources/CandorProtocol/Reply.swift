// SPDX-License-Identifier: GPL-3.0-or-later

/// A successful answer: named fields (provenance first) and at most one table.
public struct Reply: Sendable, Equatable {
    /// `name=value` pairs of the status line, in order.
    public var fields: [Field]
    /// The table's column names; empty when there is no table.
    public var columns: [String]
    /// The table's rows, each as long as `columns`.
    public var rows: [[Value]]

    /// Joins fields and a table.
    public init(_ fields: [Field] = [], columns: [String] = [], rows: [[Value]] = []) {
        self.fields = fields
        self.columns = columns
        self.rows = rows
    }

    /// One `name=value` pair.
    public struct Field: Sendable, Equatable {
        /// The name: lower case, digits and `_`.
        public let name: String
        /// The value.
        public let value: Value

        /// Joins a name and a value.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }
}
