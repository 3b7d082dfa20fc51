// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The users that a users file lists, in its order, with the labels of their attributes.
struct UserRows {
    /// The file's path, for messages.
    let source: String
    /// The names of the attributes that rows carry, in the order of their labels.
    let attributeNames: [String]
    private(set) var table = TokenTable()
    /// For each attribute each user's label; empty where unknown.
    private var labels: [[String]]

    init(source: String, attributeNames: [String]) {
        self.source = source
        self.attributeNames = attributeNames
        labels = attributeNames.map { _ in [] }
    }

    /// Adds one user; throws when the identifier is unfit or listed already.
    mutating func append(
        _ idField: UnsafeBufferPointer<UInt8>, encoding: TextEncoding, labels row: [String]
    ) throws(LineFault) {
        var token = try IdentifierField.text(idField, encoding: encoding)
        guard token.withUTF8(table.find) == nil else {
            throw LineFault(
                .repeatedIdentifier, found: BadLine.excerpt(idField),
                expected: "every user once")
        }
        token.withUTF8 { _ = table.insert($0) }
        for (column, label) in row.enumerated() { labels[column].append(label) }
    }

    /// The attributes, categories in the order of `preferred` where it has all labels that occur,
    /// else ascending.
    func attributes(preferred: [String: [String]]) -> [UserAttribute] {
        zip(attributeNames, labels).map { name, labels in
            let occurring = Set(labels).subtracting([""])
            var categories = preferred[name] ?? []
            if !occurring.isSubset(of: categories) { categories = occurring.sorted() }
            let codes = Dictionary(
                uniqueKeysWithValues: categories.enumerated().map { ($1, Int32($0)) })
            return UserAttribute(
                name: name, categories: categories, codes: labels.map { codes[$0] ?? -1 })
        }
    }

    /// The categories of MovieLens 1M.
    static let movieLensCategories = [
        "gender": Demographics.genders, "age": Demographics.ageBrackets,
        "occupation": Demographics.occupations,
    ]
}
