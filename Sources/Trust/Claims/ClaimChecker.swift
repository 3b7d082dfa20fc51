// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Holds free English text against a fact sheet, sentence by sentence.
///
/// A sentence is read with a fixed grammar of statements about one answer. It is supported only if
/// every word of it is understood and every clause holds; contradicted if a clause that is
/// understood as a whole is in definite conflict with a fact; unverifiable otherwise. Where several
/// readings or several items that may be meant disagree, it is unverifiable. The text is data: it
/// cannot change what is done with it.
public struct ClaimChecker {
    private let sheet: FactSheet
    private let claims: [FactKey: Claim]
    private let order: [FactKey: Int]
    private let lexicon: ClaimLexicon

    /// Prepares to check texts about `sheet`; `catalogue` finds items by the folded words of their
    /// titles, also ones that the sheet does not name.
    public init(_ sheet: FactSheet, catalogue: @escaping ([String]) -> [CatalogueTitle]) {
        self.sheet = sheet
        let all = sheet.claims(contributions: sheet.explanation.contributions.count)
        claims = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
        order = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.key, $0) })
        lexicon = ClaimLexicon(
            sheet, vocabulary: StatementRule.vocabulary, catalogue: catalogue)
    }

    /// Every sentence of `text` with its mark.
    public func check(_ text: String) -> [CheckedSentence] {
        let tokens = SentenceTokenizer.tokens(of: text)
        let titles = lexicon.titleSpans(in: tokens)
        let scalars = Array(text.unicodeScalars)
        var antecedents: [NamedItem] = []
        var judge = SentenceJudge(sheet: sheet, lexicon: lexicon)
        return SentenceSplit.sentences(of: tokens, titles: titles).map { range in
            let words = Array(tokens[range])
            let spans = titles[range].map { spans in
                spans.filter { $0.end <= range.upperBound }
                    .map {
                        ClaimLexicon.Span(end: $0.end - range.lowerBound, meaning: $0.meaning)
                    }
            }
            let (judgement, others) = judge.judgement(of: words, spans, antecedents)
            antecedents = others
            let shown = excerpt(tokens[range], scalars)
            return sentence(shown, judgement)
        }
    }
}

// MARK: - Results

extension ClaimChecker {
    private func sentence(_ text: String, _ judgement: Judgement?) -> CheckedSentence {
        guard let judgement, judgement.verdict != .unverifiable else {
            let note =
                judgement == nil
                ? "not understood as a statement about this answer"
                : "understood, but the facts do not settle it"
            return CheckedSentence(text: text, verdict: .unverifiable, claims: [], note: note)
        }
        let used = judgement.used.sorted { order[$0, default: 0] < order[$1, default: 0] }
        guard judgement.verdict == .contradicted else {
            return CheckedSentence(
                text: text, verdict: .supported, claims: used.compactMap { claims[$0]?.id },
                note: "")
        }
        let facts = judgement.conflicts.compactMap { claims[$0].map(Self.statement) }
        return CheckedSentence(
            text: text, verdict: .contradicted, claims: used.compactMap { claims[$0]?.id },
            note: facts.joined(separator: "; "))
    }

    /// A claim in words: `F1 user ratings: 53`.
    private static func statement(_ claim: Claim) -> String {
        let value =
            switch claim.value {
            case .whole(let value): "\(value)"
            case .measured(let value): FixedDecimal.text(value, digits: 4)
            case .text(let text): text
            case .truth(let truth): truth ? "yes" : "no"
            }
        let unit = claim.unit.isEmpty ? "" : " " + claim.unit
        return "\(claim.id) \(claim.subject), \(claim.predicate): \(value)\(unit)"
    }

    private func excerpt(
        _ tokens: ArraySlice<SentenceToken>, _ scalars: [Unicode.Scalar]
    ) -> String {
        guard let first = tokens.first, let last = tokens.last else { return "" }
        var text = ""
        for scalar in scalars[first.range.lowerBound..<last.range.upperBound] {
            text.unicodeScalars.append(scalar.properties.isWhitespace ? " " : scalar)
        }
        return text
    }
}
