// SPDX-License-Identifier: GPL-3.0-or-later

/// A form of a clause with what it states.
struct StatementRule: Sendable {
    let kind: StatementKind
    let form: SentenceForm
    /// Whom the clause is about, for a following one that leaves its subject out.
    let subject: SentenceForm.Subject?
    /// Whether the clause only goes on from one before, without a conjunction.
    let isTail: Bool

    private init(
        _ kind: StatementKind, _ subject: SentenceForm.Subject?, _ pattern: String
    ) {
        self.kind = kind
        self.subject = subject
        isTail = pattern.hasPrefix("+")
        form = SentenceForm(isTail ? String(pattern.dropFirst()) : pattern)
    }

    /// Describes rules of one kind, one pattern for each; patterns that begin with `+` are tails.
    static func rules(
        _ kind: StatementKind, _ subject: SentenceForm.Subject?, _ patterns: [String]
    ) -> [StatementRule] {
        patterns.map { StatementRule(kind, subject, $0) }
    }

    /// Every rule.
    static let all = user + genres + history + item + ranking + prediction + shares + reasons

    /// All words of all forms.
    static let vocabulary: Set<String> = all.reduce(into: FormMatcher.fillers) {
        $0.formUnion($1.form.vocabulary)
    }
}
