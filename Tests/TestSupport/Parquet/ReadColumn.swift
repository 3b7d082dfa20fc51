// SPDX-License-Identifier: GPL-3.0-or-later

/// One column of a file as `TinyParquetReader` reads it.
public struct ReadColumn {
    /// One value.
    public enum Cell: Equatable {
        case integer(Int64)
        case float(Float)
        case double(Double)
        case text(String)
        case missing
    }

    /// The name.
    public let name: String
    /// All values in order.
    public internal(set) var cells: [Cell] = []
    /// The logical type's field number; nil without one.
    public let logicalType: Int?
    /// The plain bytes of the bounds of each row group, and how many values are missing.
    public internal(set) var statistics: [(least: [UInt8]?, greatest: [UInt8]?, missing: Int)] = []
    /// The numbers of the encodings used.
    public internal(set) var encodings: Set<Int> = []
    /// How many data pages there are.
    public internal(set) var pageCount = 0
}
