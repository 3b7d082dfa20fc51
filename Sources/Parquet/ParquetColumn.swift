// SPDX-License-Identifier: GPL-3.0-or-later

/// One column of a Parquet file.
public struct ParquetColumn: Sendable, Equatable {
    /// What a column's values are.
    public enum Kind: Sendable, Equatable {
        /// 64-bit whole numbers.
        case integer
        /// 32-bit floating point.
        case float
        /// 64-bit floating point.
        case double
        /// UTF-8 text, of the logical type STRING.
        case text
        /// Moments in whole milliseconds since 1970 in UTC, of the logical type TIMESTAMP.
        case time
    }

    /// The column's name.
    public let name: String
    /// What its values are.
    public let kind: Kind
    /// Whether values may be missing.
    public let isOptional: Bool

    /// Describes a column, by default one with a value in every row.
    public init(_ name: String, _ kind: Kind, isOptional: Bool = false) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}
