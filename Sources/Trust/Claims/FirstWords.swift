// SPDX-License-Identifier: GPL-3.0-or-later

/// What a form can begin with, so that most forms are ruled out by one look at a token.
struct FirstWords: Sendable {
    /// Words that it can begin with.
    private(set) var words: Set<FormWord> = []
    /// Slots that it can begin with.
    private(set) var slots: Set<SentenceForm.SlotKind> = []
    /// Whether it can be empty.
    private(set) var isNullable = false

    /// The beginnings of `form`; `elided` may be left out.
    init(_ form: SentenceForm, elided: SentenceForm.Subject?) {
        switch form {
        case .words(let words): self.words = Set(words)
        case .slot(let kind, _): slots = [kind]
        case .flag: isNullable = true
        case .optional(let form):
            self = FirstWords(form, elided: nil)
            isNullable = true
        case .subject(let subject, let form):
            self = FirstWords(form, elided: nil)
            isNullable = isNullable || subject == elided
        case .choice(let forms):
            for form in forms {
                let first = FirstWords(form, elided: nil)
                add(first)
                isNullable = isNullable || first.isNullable
            }
        case .sequence(let forms):
            isNullable = true
            for form in forms where isNullable {
                let first = FirstWords(form, elided: elided)
                add(first)
                isNullable = first.isNullable
            }
        }
    }

    private mutating func add(_ other: FirstWords) {
        words.formUnion(other.words)
        slots.formUnion(other.slots)
    }
}
