// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers that `parquet.thrift` gives to what this writer uses.
///
/// Source: apache/parquet-format, `src/main/thrift/parquet.thrift`.
enum ParquetFormat {
    /// What a file begins and ends with.
    static let magic = Array("PAR1".utf8)

    enum PhysicalType: Int {
        case int64 = 2
        case float = 4
        case double = 5
        case byteArray = 6
    }

    enum Encoding: Int {
        case plain = 0
        case rle = 3
        case deltaBinaryPacked = 5
        case rleDictionary = 8
        case byteStreamSplit = 9
    }

    enum PageType: Int {
        case data = 0
        case dictionary = 2
    }

    enum ConvertedType: Int {
        case utf8 = 0
        case timestampMilliseconds = 9
    }

    /// The codec of every page: Snappy.
    static let codec = 1
}

extension ParquetColumn.Kind {
    var physicalType: ParquetFormat.PhysicalType {
        switch self {
        case .integer, .time: .int64
        case .float: .float
        case .double: .double
        case .text: .byteArray
        }
    }
}
