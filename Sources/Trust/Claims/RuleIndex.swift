// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules by what their forms can begin with.
struct RuleIndex: Sendable {
    private let rules: [StatementRule]
    private var byWord: [FormWord: [Int]] = [:]
    private var bySlot: [(kind: SentenceForm.SlotKind, rules: [Int])] = []

    private init(isTail: Bool, elided: SentenceForm.Subject?) {
        rules = StatementRule.all.filter { $0.isTail == isTail }
        var slots: [SentenceForm.SlotKind: [Int]] = [:]
        for (place, rule) in rules.enumerated() {
            let first = FirstWords(rule.form, elided: elided)
            for word in first.words { byWord[word, default: []].append(place) }
            for kind in first.slots { slots[kind, default: []].append(place) }
        }
        bySlot = slots.map { ($0.key, $0.value) }
    }

    /// The rules, in their order, that begin with one of `words` or a slot that can be filled.
    func rules(
        _ words: [FormWord], canFill: (SentenceForm.SlotKind) -> Bool
    ) -> [StatementRule] {
        var places: Set<Int> = []
        for word in words { places.formUnion(byWord[word] ?? []) }
        for (kind, list) in bySlot where canFill(kind) { places.formUnion(list) }
        return places.sorted().map { rules[$0] }
    }

    /// The index of the tails or the other rules where a subject may be left out.
    static func of(isTail: Bool, elided: SentenceForm.Subject?) -> RuleIndex {
        switch (isTail, elided) {
        case (false, nil): plain
        case (false, .user?): plainUser
        case (false, .item?): plainItem
        case (true, nil): tail
        case (true, .user?): tailUser
        case (true, .item?): tailItem
        }
    }

    private static let plain = RuleIndex(isTail: false, elided: nil)
    private static let plainUser = RuleIndex(isTail: false, elided: .user)
    private static let plainItem = RuleIndex(isTail: false, elided: .item)
    private static let tail = RuleIndex(isTail: true, elided: nil)
    private static let tailUser = RuleIndex(isTail: true, elided: .user)
    private static let tailItem = RuleIndex(isTail: true, elided: .item)

    /// Words that a number, a place or a decade can begin with.
    static let numericWords = NumberWords.vocabulary.union(QuantityWords.firstWords)
}
