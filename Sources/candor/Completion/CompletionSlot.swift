// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// A place in a line that TAB may fill: which bytes, and with what.
struct CompletionSlot: Equatable {
    /// What belongs in the place.
    enum Content: Equatable {
        /// A verb's name.
        case verb
        /// A backslash command's name.
        case metaCommand
        /// One of some fixed words.
        case words([String])
        /// One of some fixed words among others in one word.
        case listedWords([String])
        /// The name of one of these options, `=` included.
        case options([String])
        /// A user.
        case user
        /// An item, named by its identifier or by words of its title.
        case item
        /// An item among others in one word.
        case listedItem
        /// A user attribute.
        case attribute
        /// A user attribute among others in one word.
        case listedAttribute

        /// Whether it is a part of a list with commas.
        var isListed: Bool {
            switch self {
            case .listedItem, .listedWords, .listedAttribute: true
            default: false
            }
        }
    }

    /// The bytes of the line that a completion replaces; ends at the cursor.
    let bytes: Range<Int>
    /// What is typed there, without quotes.
    let typed: String
    /// What belongs there.
    let content: Content

    /// The slots at the end of `line`, the one to try first first; empty when nothing fits.
    static func all(in line: String) -> [CompletionSlot] {
        let typed = TypedLine(line)
        guard let first = typed.before.first else {
            let content: Content = typed.current.text.hasPrefix("\\") ? .metaCommand : .verb
            return [CompletionSlot(typed.current, content)]
        }
        if first.text.hasPrefix("\\") { return metaSlots(first.text, typed) }
        guard let verb = Verb(rawValue: first.text.uppercased()) else { return [] }
        return slots(of: verb.specification, typed)
    }

    private init(_ word: TypedLine.Word, _ content: Content) {
        self.init(bytes: word.bytes, typed: word.text, content: content)
    }

    /// Joins a place with what is typed in it and what belongs there.
    init(bytes: Range<Int>, typed: String, content: Content) {
        self.bytes = bytes
        self.typed = typed
        self.content = content
    }

    private static func metaSlots(_ name: String, _ line: TypedLine) -> [CompletionSlot] {
        guard let kind = MetaCommand.Name(rawValue: String(name.dropFirst())),
            line.before.count == 1, !kind.choices.isEmpty
        else { return [] }
        return [CompletionSlot(line.current, .words(kind.choices))]
    }
}

extension CompletionSlot {
    private static func slots(
        of row: VerbSpecification, _ line: TypedLine
    ) -> [CompletionSlot] {
        if let (name, value) = line.current.option {
            guard let option = row.options.first(where: { $0.name == name }),
                let content = content(of: option.kind, after: nil)
            else { return [] }
            return [slot(endOf: value, in: line.current, content)]
        }
        let given = line.before.dropFirst()
        let positional = given.filter { $0.option == nil }
        let unused = row.options.map(\.name).filter { name in
            !given.contains { $0.option?.name == name }
        }
        let options = CompletionSlot(line.current, .options(unused.map { $0 + "=" }))
        return positionalSlots(row, positional, line.current) + (unused.isEmpty ? [] : [options])
    }

    /// The slot for `value`, which ends `word`: of a list only the last part, which the cursor
    /// touches.
    private static func slot(
        endOf value: String, in word: TypedLine.Word, _ content: Content
    ) -> CompletionSlot {
        let typed =
            content.isListed
            ? value.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
            : value[...]
        let start = word.bytes.upperBound - typed.utf8.count
        return CompletionSlot(
            bytes: start..<word.bytes.upperBound, typed: String(typed), content: content)
    }

    /// The slots for the positional argument at the cursor; one that takes an item may begin some
    /// words earlier, because titles are typed as several words.
    private static func positionalSlots(
        _ row: VerbSpecification, _ given: [TypedLine.Word], _ current: TypedLine.Word
    ) -> [CompletionSlot] {
        var slots: [CompletionSlot] = []
        for (index, argument) in row.arguments.enumerated().prefix(given.count + 1) {
            let previous = index > 0 ? given[index - 1].text : nil
            guard let content = content(of: argument.kind, after: previous) else { continue }
            if index == given.count {
                slots.insert(
                    content.isListed
                        ? slot(endOf: current.text, in: current, content)
                        : CompletionSlot(current, content), at: 0)
            } else if content == .item, !given[index].text.allSatisfy(\.isNumber) {
                let words = given[index...] + (current.bytes.isEmpty ? [] : [current])
                slots.append(
                    CompletionSlot(
                        bytes: given[index].bytes.lowerBound..<current.bytes.upperBound,
                        typed: words.map(\.text).joined(separator: " "), content: content))
            }
        }
        return slots
    }

    private static func content(of kind: ArgumentKind, after previous: String?) -> Content? {
        switch kind {
        case .user: .user
        case .item: .item
        case .userOrItem: previous?.lowercased() == "user" ? .user : .item
        case .choice(let words): .words(words)
        case .choices(let words): .listedWords(words)
        case .attribute: .attribute
        case .attributes: .listedAttribute
        case .topic: .verb
        case .items: .listedItem
        case .integer, .number, .operand, .path, .floors, .text, .passage: nil
        }
    }
}
