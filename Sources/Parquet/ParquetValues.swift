// SPDX-License-Identifier: GPL-3.0-or-later

/// Some rows' values of one column.
public enum ParquetValues: Sendable, Equatable {
    /// Of a column of whole numbers.
    case integers([Int64])
    /// Of a column of 32-bit floating point.
    case floats([Float])
    /// Of a column of 64-bit floating point.
    case doubles([Double])
    /// Of a column of texts.
    case texts([String])
    /// Of a column of times that may be missing, in milliseconds since 1970.
    case times([Int64?])

    /// How many rows they are.
    public var count: Int {
        switch self {
        case .integers(let values): values.count
        case .floats(let values): values.count
        case .doubles(let values): values.count
        case .texts(let values): values.count
        case .times(let values): values.count
        }
    }
}
