// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The items that a movies file lists, in its order.
struct ItemRows {
    /// The file's path, for messages.
    let source: String
    private(set) var table = TokenTable()
    private(set) var items: [Item] = []

    init(source: String) { self.source = source }

    /// Adds one item; throws when its identifier is unfit or listed already.
    mutating func append(
        _ idField: UnsafeBufferPointer<UInt8>, encoding: TextEncoding, title: String,
        genres: [String], year: Int?
    ) throws(LineFault) {
        var token = try IdentifierField.text(idField, encoding: encoding)
        guard token.withUTF8(table.find) == nil, let id = ItemID(token) else {
            throw LineFault(
                .repeatedIdentifier, found: BadLine.excerpt(idField),
                expected: "every item once")
        }
        token.withUTF8 { _ = table.insert($0) }
        items.append(Item(id: id, title: title.isEmpty ? token : title, genres: genres, year: year))
    }

    /// The year in the last parentheses that begin with four digits, as in `Toy Story (1995)` or
    /// `Planet Earth (2006–2007)`.
    static func year(inTitle title: String) -> Int? {
        for group in title.split(separator: "(").dropFirst().reversed() {
            let digits = group.prefix { $0.isASCII && $0.isNumber }
            if digits.count == 4, group.contains(")"), let year = Int(digits), year >= 1_850 {
                return year
            }
        }
        return nil
    }
}
