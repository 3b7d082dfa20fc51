// SPDX-License-Identifier: GPL-3.0-or-later

/// One form that a clause may take, written in a small pattern language.
///
/// Words are separated by blanks. `a/b` is either word; `( x | y )` either sequence; `[ x ]` may be
/// left out; `<name>` stands for a form of `SentenceForm.parts`; `{kind:name}` is a slot that binds
/// a value; `#name` raises a flag; `~` is a place where the clause may be negated. `<U>` and `<I>`,
/// the user and the item, may be left out at the beginning of a clause that goes on about them.
indirect enum SentenceForm: Sendable {
    case words([FormWord])
    case sequence([SentenceForm])
    case choice([SentenceForm])
    case optional(SentenceForm)
    case flag(String)
    case subject(Subject, SentenceForm)
    case slot(SlotKind, String)

    /// Whom or what a clause is about.
    enum Subject: Sendable, Hashable { case user, item }

    /// What a slot takes.
    enum SlotKind: String, Sendable {
        /// A number.
        case number = "n"
        /// A number with or without `stars`.
        case stars = "s"
        /// A number with `stars` or `out of 5`.
        case markedStars = "S"
        /// A percentage, or a part in words such as `half`.
        case percent = "p"
        /// One title.
        case title = "t"
        /// One or more titles, each with what is said of it in passing.
        case titles = "T"
        /// One or more genres.
        case genres = "g"
        /// A place such as `third` or `#3`.
        case ordinal = "o"
        /// A year or a decade.
        case year = "y"
    }

    /// Reads a pattern; stops the program when it is malformed, which every use would show.
    init(_ pattern: String) { self.init(pattern, Self.parts) }

    /// Reads a pattern that may use `parts`.
    init(_ pattern: String, _ parts: [String: SentenceForm]) {
        var words = pattern.split(separator: " ").map(String.init)[...]
        self = Self.alternatives(&words, parts)
        precondition(words.isEmpty, "a bracket too many in \(pattern)")
    }

    private static func alternatives(
        _ words: inout ArraySlice<String>, _ parts: [String: SentenceForm]
    ) -> SentenceForm {
        var choices: [SentenceForm] = []
        var sequence: [SentenceForm] = []
        while let word = words.first, word != ")", word != "]" {
            words.removeFirst()
            if word == "|" {
                choices.append(.sequence(sequence))
                sequence = []
            } else {
                sequence.append(element(word, &words, parts))
            }
        }
        return choices.isEmpty ? .sequence(sequence) : .choice(choices + [.sequence(sequence)])
    }

    private static func element(
        _ word: String, _ words: inout ArraySlice<String>, _ parts: [String: SentenceForm]
    ) -> SentenceForm {
        switch word.first {
        case "(", "[":
            let inner = alternatives(&words, parts)
            let closing = words.popFirst()
            precondition(closing == (word == "(" ? ")" : "]"), "a bracket is not closed")
            return word == "(" ? inner : .optional(inner)
        case "<":
            guard let part = parts[word] else { preconditionFailure("no part \(word)") }
            return part
        case "{":
            let names = word.dropFirst().dropLast().split(separator: ":").map(String.init)
            guard let kind = SlotKind(rawValue: names[0]) else {
                preconditionFailure("no slot \(word)")
            }
            return .slot(kind, names.count > 1 ? names[1] : names[0])
        case "#": return .flag(String(word.dropFirst()))
        case "~":
            return .optional(
                .sequence([.words([FormWord("not"), FormWord("never")]), .flag("not")]))
        default: return .words(word.split(separator: "/").map { FormWord(String($0)) })
        }
    }

    /// All words that the form mentions.
    var vocabulary: Set<String> {
        switch self {
        case .words(let words): Set(words.map(\.text))
        case .sequence(let forms), .choice(let forms):
            forms.reduce(into: []) { $0.formUnion($1.vocabulary) }
        case .optional(let form), .subject(_, let form): form.vocabulary
        case .flag, .slot: []
        }
    }
}
