// SPDX-License-Identifier: GPL-3.0-or-later

import Parquet

/// A column of identifiers: whole numbers where all of them are written as such, else text.
struct TokenColumn: Sendable {
    private let tokens: [String]
    /// Nil when some identifier is no number, or another spelling of one.
    private let numbers: [Int64]?

    /// Looks at all identifiers, so that a column has one type whichever rows it gets.
    init(_ tokens: [String]) {
        self.tokens = tokens
        let numbers = tokens.compactMap { token in
            Int64(token).flatMap { String($0) == token ? $0 : nil }
        }
        self.numbers = numbers.count == tokens.count ? numbers : nil
    }

    /// The column, called `name`.
    func column(_ name: String) -> ParquetColumn {
        ParquetColumn(name, numbers == nil ? .text : .integer)
    }

    /// The identifiers at `positions`.
    func values(_ positions: [Int]) -> ParquetValues {
        if let numbers { return .integers(positions.map { numbers[$0] }) }
        return .texts(positions.map { tokens[$0] })
    }
}
