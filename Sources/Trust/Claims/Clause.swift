// SPDX-License-Identifier: GPL-3.0-or-later

/// One clause of a sentence as it was understood.
struct Clause: Equatable {
    let kind: StatementKind
    let subject: SentenceForm.Subject?
    let bindings: ClauseBindings
    /// The tokens it takes.
    let range: Range<Int>

    /// Whether it names an item, or the user's rating of one, that the answer is not about.
    var namesOthers: Bool {
        bindings.titles.values.joined().contains { $0.items != [.item] }
    }
}
