// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Reads the sentences of one text, holds them against a fact sheet, and bounds what that takes.
struct SentenceJudge {
    let sheet: FactSheet
    let lexicon: ClaimLexicon
    /// What may still be spent on the text, under a tenth of a second at first; without any, nothing
    /// more is understood.
    private var stepsLeft = 300_000

    /// Longer sentences are not read.
    private static let tokensMax = 120
    /// What one sentence may take: several times what any that is understood has taken.
    private static let stepsMax = 100_000

    init(sheet: FactSheet, lexicon: ClaimLexicon) {
        self.sheet = sheet
        self.lexicon = lexicon
    }

    /// What the facts say of a sentence, nil when it is not understood, and which items beside the
    /// answer's own it names.
    mutating func judgement(
        of tokens: [SentenceToken], _ titles: [[ClaimLexicon.Span<[NamedItem]>]],
        _ antecedents: [NamedItem]
    ) -> (Judgement?, others: [NamedItem]) {
        let readings = Self.shortest(readings(of: tokens, titles) ?? [])
        guard !readings.isEmpty else {
            let conflict = conflict(in: tokens, titles, antecedents)
            return (conflict, Self.others(in: titles))
        }
        let judged = readings.map { judgement(of: $0, antecedents) }
        let isAgreed = judged.allSatisfy { $0.judgement.verdict == judged[0].judgement.verdict }
        return (isAgreed ? judged[0].judgement : .unknown, judged.flatMap(\.others))
    }

    /// The items that a sentence which is not understood may name, the answer's own aside.
    private static func others(in titles: [[ClaimLexicon.Span<[NamedItem]>]]) -> [NamedItem] {
        var items: [NamedItem] = []
        var position = 0
        while position < titles.count {
            guard let span = titles[position].first else {
                position += 1
                continue
            }
            items += span.meaning.filter { $0 != .item }
            position = span.end
        }
        return items
    }

    private mutating func readings(
        of tokens: [SentenceToken], _ titles: [[ClaimLexicon.Span<[NamedItem]>]]
    ) -> [SentenceReader.Reading]? {
        guard tokens.count <= Self.tokensMax, stepsLeft > 0 else { return nil }
        let matcher = FormMatcher(
            tokens, titles: titles, genres: lexicon.genreSpans(in: tokens),
            scaleMaximum: Double(sheet.scale.maximum), stepsMax: min(Self.stepsMax, stepsLeft))
        let readings = SentenceReader.readings(matcher)
        stepsLeft -= matcher.steps
        return readings
    }

    /// The readings with the fewest clauses: a list is one list before it is several clauses.
    private static func shortest(
        _ readings: [SentenceReader.Reading]
    ) -> [SentenceReader.Reading] {
        let least = readings.map(\.count).min()
        return readings.filter { $0.count == least }
    }

    private func judgement(
        of reading: SentenceReader.Reading, _ antecedents: [NamedItem]
    ) -> (judgement: Judgement, others: [NamedItem]) {
        var result = Judgement(verdict: .supported)
        var others: [NamedItem] = []
        var judge = ClauseJudge(sheet: sheet, otherAntecedents: antecedents)
        var previous: Clause?
        for clause in reading {
            let clause = judge.resolved(clause)
            result = result && judge.judgement(of: clause, after: previous)
            if clause.namesOthers {
                others += clause.bindings.titles.values.joined().flatMap(\.items)
                    .filter { $0 != .item }
                judge.otherAntecedents = others
            }
            previous = clause
        }
        return (result, others)
    }

    /// A definite conflict in a part of a sentence that is not understood as a whole.
    ///
    /// Only parts joined by `and`, `but` or `;` count, and only where no word of the sentence might
    /// turn what they say into something else.
    private mutating func conflict(
        in tokens: [SentenceToken], _ titles: [[ClaimLexicon.Span<[NamedItem]>]],
        _ antecedents: [NamedItem]
    ) -> Judgement? {
        guard !tokens.contains(where: { Self.turningWords.contains($0.word) }) else { return nil }
        var start = 0
        var cuts: [Range<Int>] = []
        var position = 0
        while position < tokens.count {
            if let title = titles[position].first {
                position = title.end
                continue
            }
            if ["and", "but", ";"].contains(tokens[position].word) {
                cuts.append(start..<position)
                start = position + 1
            }
            position += 1
        }
        guard !cuts.isEmpty else { return nil }
        cuts.append(start..<tokens.count)
        for cut in cuts {
            var cut = cut
            if let last = cut.last, tokens[last].word == "," { cut = cut.dropLast() }
            guard !cut.isEmpty else { continue }
            let spans = titles[cut].map { spans in
                spans.filter { $0.end <= cut.upperBound }
                    .map { ClaimLexicon.Span(end: $0.end - cut.lowerBound, meaning: $0.meaning) }
            }
            guard let readings = readings(of: Array(tokens[cut]), spans), !readings.isEmpty
            else { continue }
            let judged = Self.shortest(readings).map { judgement(of: $0, antecedents).judgement }
            if judged.allSatisfy({ $0.verdict == .contradicted }) { return judged[0] }
        }
        return nil
    }

    /// Words that may deny, suppose or report what the rest of a sentence says.
    private static let turningWords: Set<String> = [
        "if", "unless", "whether", "not", "never", "no", "nobody", "none", "nothing", "nor",
        "neither", "without", "would", "could", "might", "may", "should", "must", "can", "false",
        "untrue", "wrong", "incorrect", "lie", "lies", "myth", "deny", "denies", "claim", "claims",
        "claimed", "say", "says", "said", "suppose", "imagine", "pretend", "assume", "assuming",
        "ask", "asks", "instead", "rather", "or", "either", "perhaps", "maybe", "hardly",
        "barely", "once", "until", "when", "were", "wish", "doubt", "doubts", "than", "other",
        "another", "friend", "someone", "somebody", "people", "?", "ignore", "mark", "supported",
        "contradicted", "except", "both",
    ]
}
