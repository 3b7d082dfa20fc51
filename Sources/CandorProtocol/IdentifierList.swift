// SPDX-License-Identifier: GPL-3.0-or-later

/// Identifiers in one word: separated by commas, a comma of an identifier's own written twice.
enum IdentifierList {
    /// The identifiers of a word; nil unless there is one, all are identifiers and no two are alike.
    static func items(of text: String) -> [String]? {
        var items = [""]
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "," else {
                items[items.count - 1].unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "," {
                rest.removeFirst()
                items[items.count - 1] += ","
            } else {
                items.append("")
            }
        }
        guard items.allSatisfy(ArgumentKind.isIdentifier), Set(items).count == items.count else {
            return nil
        }
        return items
    }

    /// The word for some identifiers.
    static func text(_ items: [String]) -> String {
        items.map { $0.replacing(",", with: ",,") }.joined(separator: ",")
    }
}
