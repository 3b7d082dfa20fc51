// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Which columns of a users file become attributes: all that may, whatever they are called.
///
/// Columns that say where somebody lives to the street are never loaded, lists (`…_seq`) cannot be
/// groups, and of two columns of one name the first counts. Names are read in lower case; MovieLens'
/// own attributes come first, then the others in the file's order.
struct UserColumns {
    /// An attribute's name and the field it stands in.
    struct Column: Equatable {
        let name: String
        let field: Int
    }

    /// The columns, in the order of the attributes.
    let columns: [Column]

    /// Names that are never loaded.
    static let neverLoaded: Set = [
        "zip", "zipcode", "zip_code", "zip-code", "postcode", "post_code", "postal_code",
        "postalcode", "address",
    ]

    /// Chooses among the names of a header, which may have types (`age:token`); `id` is the field of
    /// the users' identifiers.
    init(_ header: [String], id: Int) {
        var columns: [Column] = []
        for (field, typed) in header.enumerated() where field != id {
            let parts = typed.split(separator: ":", omittingEmptySubsequences: false)
            let name = parts[0].lowercased()
            let isList = parts.count > 1 && parts[1].hasSuffix("_seq")
            guard !name.isEmpty, !isList, !Self.neverLoaded.contains(name),
                !columns.contains(where: { $0.name == name })
            else { continue }
            columns.append(Column(name: name, field: field))
        }
        let known = ["gender", "age", "occupation"].compactMap { name in
            columns.first { $0.name == name }
        }
        self.columns = known + columns.filter { !known.contains($0) }
    }

    /// The attributes' names.
    var names: [String] { columns.map(\.name) }

    /// The labels of one line; MovieLens' own where a value is one of its numbers.
    func labels(
        _ fields: borrowing LineSplitter, _ encoding: TextEncoding
    ) throws(LineFault) -> [String] {
        var labels: [String] = []
        for column in columns {
            labels.append(Self.label(column.name, try encoding.text(fields[column.field])))
        }
        return labels
    }

    private static func label(_ name: String, _ value: String) -> String {
        switch name {
        case "age":
            guard let years = Int(value), (0...150).contains(years) else { return value }
            return Demographics.ageBrackets[Demographics.ageBracket(years: years)]
        case "occupation":
            guard let code = Int(value), Demographics.occupations.indices.contains(code)
            else { return value }
            return Demographics.occupations[code]
        default:
            return value
        }
    }
}
