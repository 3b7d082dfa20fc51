// SPDX-License-Identifier: GPL-3.0-or-later

extension ArgumentKind {
    /// Reads `text` as a value of this kind; nil when it is none, or out of range.
    func value(of text: String) -> ArgumentValue? {
        switch self {
        case .user, .item, .userOrItem, .attribute, .operand, .path:
            Self.isIdentifier(text) ? .text(text) : nil
        case .items, .attributes: IdentifierList.items(of: text).map { .items($0) }
        case .integer(let range):
            Self.integer(text).flatMap { range.contains($0) ? .integer($0) : nil }
        case .number(let range):
            Self.number(text).flatMap { range.contains($0) ? .number($0) : nil }
        case .choice(let choices):
            choices.contains(text)
                ? .text(text) : choices.first { $0 == text.lowercased() }.map { .text($0) }
        case .choices(let choices): Self.choices(text, choices).map { .choices($0) }
        case .topic:
            text == Self.tableTopic
                ? .topic(.table) : Verb(parsing: text).map { .topic(.verb($0)) }
        case .floors: ListFloor.list(text).map { .floors($0) }
        case .text:
            Self.isText(text) && text.utf8.contains { $0 != ASCII.space } ? .text(text) : nil
        case .passage: Self.isPassage(text) ? .text(text) : nil
        }
    }

    /// What a value must look like, as a phrase that ends a message.
    var expectation: String {
        switch self {
        case .user: "a user identifier \(Self.identifierRule)"
        case .item: "an item identifier \(Self.identifierRule)"
        case .items:
            "item identifiers, no two alike, with a comma between them (a comma of an "
                + "identifier's own is written twice), each \(Self.identifierRule)"
        case .userOrItem: "an identifier \(Self.identifierRule)"
        case .attribute: "an attribute's name \(Self.identifierRule)"
        case .attributes:
            "attributes' names, no two alike, with a comma between them, each "
                + Self.identifierRule
        case .operand: "a word \(Self.identifierRule)"
        case .path: "a relative path \(Self.identifierRule)"
        case .integer(let range) where range.upperBound == .max:
            "a whole number of at least \(range.lowerBound)"
        case .integer(let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range):
            "a number such as 4 or 3.5 from \(Self.text(range.lowerBound)) to "
                + Self.text(range.upperBound)
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        case .choices(let choices):
            "one or more, with commas between them, of " + choices.joined(separator: ", ")
        case .topic: "a verb or \(Self.tableTopic)"
        case .floors:
            "1 to \(ListFloor.countMax) of kind:amount, joined by commas, the kind being tail, a "
                + "decade like 1970s or a genre, the amount a number of items or a share like 30%"
        case .text: "at least one word \(Self.noControls)"
        case .passage: "at least one word, without control characters but \\n, \\r and \\t"
        }
    }

    /// The values in the short form of usage lines: `1..1000`, `text|json`, nil when any will do.
    var shortRange: String? {
        switch self {
        case .integer(let range) where range.upperBound == .max: "\(range.lowerBound).."
        case .integer(let range): "\(range.lowerBound)..\(range.upperBound)"
        case .number(let range): "\(Self.text(range.lowerBound))..\(Self.text(range.upperBound))"
        case .choice(let choices), .choices(let choices): choices.joined(separator: "|")
        case .user, .item, .items, .userOrItem, .attribute, .attributes, .operand, .path, .topic,
            .floors, .text, .passage:
            nil
        }
    }

    /// The kind's name in `HELP --table`.
    var name: String {
        switch self {
        case .user: "user"
        case .item: "item"
        case .items: "items"
        case .userOrItem: "user-or-item"
        case .integer: "integer"
        case .number: "number"
        case .choice: "choice"
        case .choices: "choices"
        case .attribute: "attribute"
        case .attributes: "attributes"
        case .operand: "operand"
        case .path: "path"
        case .topic: "topic"
        case .floors: "floors"
        case .text: "text"
        case .passage: "passage"
        }
    }

    /// The topic that asks HELP for the whole verb table.
    static let tableTopic = "--table"

    private static let noControls = "without control characters"
    private static let identifierRule =
        "of 1 to \(Limits.identifierBytesMax) bytes \(noControls)"

    static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count <= Limits.identifierBytesMax && isText(text)
    }

    private static func isText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func isPassage(_ text: String) -> Bool {
        let breaks: [UInt8] = [0x09, 0x0A, 0x0D]
        let isAllowed = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || breaks.contains($0) }
        return isAllowed && text.utf8.contains { $0 > 0x20 }
    }

    /// Reads words of `known` with commas between them; nil when one is none of them or comes twice.
    private static func choices(_ text: String, _ known: [String]) -> [String]? {
        let words = text.lowercased().split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
        guard words.allSatisfy(known.contains), Set(words).count == words.count else { return nil }
        return words
    }

    /// Whether a value of this kind is made of its word and all that follow.
    var takesAllWords: Bool { self == .text || self == .passage }

    /// Reads `-?digits`.
    private static func integer(_ text: String) -> Int? {
        let isPlain = text.utf8.first.map { $0 == ASCII.dash || ASCII.isDigit($0) } ?? false
        return isPlain ? Int(text) : nil
    }

    /// Reads `-?digits[.digits][e[+-]digits]`.
    private static func number(_ text: String) -> Double? {
        var rest = text.utf8[...]
        if rest.first == ASCII.dash { rest = rest.dropFirst() }
        guard skipDigits(&rest) else { return nil }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard skipDigits(&rest) else { return nil }
        }
        if let mark = rest.first, ASCII.uppercased(mark) == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == ASCII.dash || sign == UInt8(ascii: "+") {
                rest = rest.dropFirst()
            }
            guard skipDigits(&rest) else { return nil }
        }
        return rest.isEmpty ? Double(text) : nil
    }

    /// Drops leading digits; false when there are none.
    private static func skipDigits(_ rest: inout Substring.UTF8View) -> Bool {
        let before = rest.count
        rest = rest.drop(while: ASCII.isDigit)
        return rest.count < before
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map(String.init) ?? bound.description
    }
}
