// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The names that sentences about one fact sheet may use: titles and genres, folded.
struct ClaimLexicon {
    /// A name in a text: the tokens it takes, up to `end`, and what it stands for.
    struct Span<Meaning> {
        let end: Int
        var meaning: Meaning
    }

    private let titles: [String: [NamedItem]]
    private let genres: [String: String]
    private let known: Set<String>
    private let catalogue: ([String]) -> [CatalogueTitle]
    private let vocabulary: Set<String>

    /// No name is longer than this many tokens, marks included.
    private static let spanTokensMax = 30

    /// Collects the names of `sheet`.
    ///
    /// `catalogue` finds the items called by some folded words; `vocabulary` holds the words of
    /// sentences themselves, which alone and in lower case are never taken for a title.
    init(
        _ sheet: FactSheet, vocabulary: Set<String>,
        catalogue: @escaping ([String]) -> [CatalogueTitle]
    ) {
        var titles: [String: [NamedItem]] = [:]
        func add(_ title: String?, _ item: NamedItem) {
            guard let title else { return }
            for form in TitleForms.of(title) {
                let key = form.joined(separator: " ")
                if titles[key]?.contains(item) != true { titles[key, default: []].append(item) }
            }
        }
        add(sheet.item.title, .item)
        var known: Set = [sheet.item.token]
        for (place, contribution) in sheet.explanation.contributions.enumerated() {
            known.insert(contribution.token)
            guard contribution.token != sheet.item.token else { continue }
            add(contribution.title, .rated(place))
        }
        self.titles = titles
        self.known = known
        genres = Self.forms(ofGenres: sheet.genreNames)
        self.catalogue = catalogue
        self.vocabulary = vocabulary
    }

    /// The names of items that begin at each token, longest first.
    func titleSpans(in tokens: [SentenceToken]) -> [[Span<[NamedItem]>]] {
        tokens.indices.map { start in
            var spans: [Span<[NamedItem]>] = []
            eachName(from: start, in: tokens) { words, end in
                let isName = isName(tokens[start..<end], words)
                var items = isName ? titles[words.joined(separator: " ")] ?? [] : []
                if items.isEmpty, isMarked(tokens[start..<end]) {
                    let others = catalogue(words).filter { !known.contains($0.token) }
                    items = others.map { .other($0) }
                }
                if !items.isEmpty { spans.append(Span(end: end, meaning: items)) }
            }
            return spans.reversed()
        }
    }

    /// The genres that begin at each token, longest first.
    func genreSpans(in tokens: [SentenceToken]) -> [[Span<String>]] {
        tokens.indices.map { start in
            var spans: [Span<String>] = []
            eachName(from: start, in: tokens) { words, end in
                guard words.count <= 3, let genre = genres[words.joined(separator: " ")] else {
                    return
                }
                spans.append(Span(end: end, meaning: genre))
            }
            return spans.reversed()
        }
    }

    /// Calls `body` with the folded words of every run of tokens that may be a name.
    private func eachName(
        from start: Int, in tokens: [SentenceToken], _ body: ([String], Int) -> Void
    ) {
        guard !tokens[start].titleWords.isEmpty, !tokens[start].isAttached else { return }
        var words: [String] = []
        var end = start
        while end < tokens.count, end - start < Self.spanTokensMax {
            let token = tokens[end]
            if end > start, token.beginsParagraph { break }
            end += 1
            words += token.titleWords
            if token.titleWords.isEmpty { continue }
            // The 's of `Schindler's` belongs to the word that is already counted.
            while end < tokens.count, tokens[end].isAttached { end += 1 }
            body(words, closing(start..<end, in: tokens))
        }
    }

    /// The end of a run of tokens, behind the bracket that closes one which opened in it.
    private func closing(_ range: Range<Int>, in tokens: [SentenceToken]) -> Int {
        let open = range.count { tokens[$0].word == "lparen" }
        let closed = range.count { tokens[$0].word == "rparen" }
        let end = range.upperBound
        return open > closed && end < tokens.count && tokens[end].word == "rparen" ? end + 1 : end
    }

    /// Whether a run of tokens may be a title at all: one word in lower case that sentences use
    /// themselves is none.
    private func isName(_ tokens: ArraySlice<SentenceToken>, _ words: [String]) -> Bool {
        guard words.count == 1, let first = tokens.first, let word = words.first else {
            return true
        }
        return first.isCapitalised || first.opensQuote || first.number != nil
            || !vocabulary.contains(word)
    }

    /// Whether a run of tokens shows that it is a title: by a quotation mark or a capital letter.
    private func isMarked(_ tokens: ArraySlice<SentenceToken>) -> Bool {
        guard let first = tokens.first else { return false }
        return first.opensQuote || first.isCapitalised || first.number != nil
    }

    private static func forms(ofGenres names: [String]) -> [String: String] {
        var forms: [String: String] = [:]
        for name in names {
            let words = TitleText.words(of: name)
            guard let last = words.last else { continue }
            let stem = words.dropLast()
            var endings = [last, last + "s"]
            if last.hasSuffix("y") { endings.append(last.dropLast() + "ies") }
            for ending in endings { forms[(stem + [ending]).joined(separator: " ")] = name }
            for synonym in synonyms[words.joined(separator: " ")] ?? [] { forms[synonym] = name }
        }
        return forms
    }

    private static let synonyms = [
        "sci fi": ["science fiction", "scifi"], "animation": ["animated"],
        "romance": ["romantic"], "film noir": ["noir", "noirs", "films noirs"],
        "childrens": ["children"],
    ]
}
