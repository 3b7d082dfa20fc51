// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Reply {
    /// The value of a field; nil when there is none of that name.
    subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }

    /// The cells of one column, from the first row on.
    func column(_ name: String) -> [Value] {
        guard let place = columns.firstIndex(of: name) else { return [] }
        return rows.map { $0[place] }
    }

    /// The numbers of one column; cells without a number are left out.
    func numbers(_ name: String) -> [Double] { column(name).compactMap(\.double) }

    /// The texts of one column; cells without a text are left out.
    func texts(_ name: String) -> [String] { column(name).compactMap(\.string) }

    /// The cell of `column` in the first row whose `key` column holds `text`.
    func cell(_ column: String, where key: String, is text: String) -> Value? {
        guard let row = self.column(key).firstIndex(of: .text(text)) else { return nil }
        return self.column(column)[row]
    }
}

extension Value {
    /// The number, of either kind.
    var double: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .text, .flag, .missing: nil
        }
    }

    /// The text.
    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
