// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds all ways in which a form fits the tokens of one sentence from some place on.
///
/// Bounded: after so many steps it gives up, and `isExhausted` says so.
final class FormMatcher {
    /// A fit: where it ends and what its slots took.
    struct Fit {
        let end: Int
        let bindings: ClauseBindings
    }

    let tokens: [SentenceToken]
    let titleSpans: [[ClaimLexicon.Span<[NamedItem]>]]
    let genreSpans: [[ClaimLexicon.Span<String>]]
    let scaleMaximum: Double
    private let formWords: [FormWord]
    private let behindFillers: [Int]
    private let stepsMax: Int
    /// How many steps were taken.
    private(set) var steps = 0

    /// Prepares for one sentence.
    init(
        _ tokens: [SentenceToken], titles: [[ClaimLexicon.Span<[NamedItem]>]],
        genres: [[ClaimLexicon.Span<String>]], scaleMaximum: Double, stepsMax: Int
    ) {
        self.tokens = tokens
        titleSpans = titles
        genreSpans = genres
        self.scaleMaximum = scaleMaximum
        self.stepsMax = stepsMax
        formWords = tokens.map { FormWord($0.word) }
        var behind = Array(tokens.indices)
        for place in tokens.indices.reversed() where Self.fillers.contains(tokens[place].word) {
            behind[place] = place + 1 < tokens.count ? behind[place + 1] : place + 1
        }
        behindFillers = behind
    }

    /// Whether the search was given up, so that its result means nothing.
    var isExhausted: Bool { steps > stepsMax }

    /// The fits of `form` from `start` on; `elided` may be left out at the beginning.
    func fits(
        _ form: SentenceForm, from start: Int, elided: SentenceForm.Subject?
    ) -> [Fit] {
        var fits: [Fit] = []
        match(form, start, ClauseBindings(), elided, start) { end, bindings in
            let fit = Fit(end: end, bindings: bindings)
            let isKnown = fits.contains { $0.end == end && $0.bindings == bindings }
            if !isKnown { fits.append(fit) }
        }
        return fits
    }

    /// The rules that may fit at `start`.
    func rules(at start: Int, isTail: Bool, elided: SentenceForm.Subject?) -> [StatementRule] {
        guard start < tokens.count else { return [] }
        let behind = skippingFillers(start)
        var words = [formWords[start]]
        if behind > start, behind < tokens.count { words.append(formWords[behind]) }
        let place = min(behind, tokens.count - 1)
        return RuleIndex.of(isTail: isTail, elided: elided).rules(words) { kind in
            switch kind {
            case .title: !titleSpans[place].isEmpty
            case .titles:
                !titleSpans[place].isEmpty || ["your", "the"].contains(tokens[place].word)
            case .genres: !genreSpans[place].isEmpty
            case .number, .stars, .markedStars, .percent, .ordinal, .year:
                tokens[place].isNumeric || RuleIndex.numericWords.contains(tokens[place].word)
            }
        }
    }

    private func match(
        _ form: SentenceForm, _ position: Int, _ bindings: ClauseBindings,
        _ elided: SentenceForm.Subject?, _ start: Int, _ then: (Int, ClauseBindings) -> Void
    ) {
        steps += 1
        guard !isExhausted else { return }
        switch form {
        case .words(let words):
            let place = skippingFillers(position)
            if position < formWords.count, words.contains(formWords[position]) {
                then(position + 1, bindings)
            }
            if place > position, place < formWords.count, words.contains(formWords[place]) {
                then(place + 1, bindings)
            }
        case .sequence(let forms):
            matchAll(forms[...], position, bindings, elided, start, then)
        case .choice(let forms):
            for form in forms { match(form, position, bindings, elided, start, then) }
        case .optional(let form):
            match(form, position, bindings, elided, start, then)
            then(position, bindings)
        case .flag(let name):
            var bindings = bindings
            bindings.flags.insert(name)
            then(position, bindings)
        case .subject(let subject, let form):
            match(form, position, bindings, nil, start, then)
            if position == start, elided == subject { then(position, bindings) }
        case .slot(let kind, let name):
            for fit in slotFits(kind, name, skippingFillers(position), bindings) {
                then(fit.end, fit.bindings)
            }
        }
    }

    private func matchAll(
        _ forms: ArraySlice<SentenceForm>, _ position: Int, _ bindings: ClauseBindings,
        _ elided: SentenceForm.Subject?, _ start: Int, _ then: (Int, ClauseBindings) -> Void
    ) {
        guard let first = forms.first else {
            then(position, bindings)
            return
        }
        match(first, position, bindings, elided, start) { end, bindings in
            self.matchAll(forms.dropFirst(), end, bindings, elided, start, then)
        }
    }

    /// Words that change nothing about what is said.
    static let fillers: Set<String> = [
        "also", "indeed", "overall", "currently", "actually", "too", "thus", "therefore", "so",
        "already", "now", "personally", "itself", "simply", "then", "hence", "altogether",
    ]

    /// The place behind fillers.
    func skippingFillers(_ position: Int) -> Int {
        position < tokens.count ? behindFillers[position] : position
    }
}
