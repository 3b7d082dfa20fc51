// SPDX-License-Identifier: GPL-3.0-or-later

/// A successful reply as a client reads it: every value as text.
public struct ReceivedReply: Sendable, Equatable {
    /// The request's tag without its `@`.
    public var tag: String?
    /// The generation that all of the reply came from.
    public var generation: Int
    /// The fields in their order, without `generation` and `columns`.
    public var fields: [Field]
    /// The table's column names; empty when there is no table.
    public var columns: [String]
    /// The table's rows, each as long as `columns`; nil for a missing value.
    public var rows: [[String?]]

    /// Joins the parts.
    public init(
        tag: String? = nil, generation: Int, fields: [Field] = [], columns: [String] = [],
        rows: [[String?]] = []
    ) {
        self.tag = tag
        self.generation = generation
        self.fields = fields
        self.columns = columns
        self.rows = rows
    }

    /// The value of the first field called `name`; nil when it is missing or there is none.
    public subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// One `name=value` pair.
    public struct Field: Sendable, Equatable {
        /// The name.
        public let name: String
        /// The value; nil for a missing one.
        public let value: String?

        /// Joins a name and a value.
        public init(_ name: String, _ value: String?) {
            self.name = name
            self.value = value
        }
    }
}
