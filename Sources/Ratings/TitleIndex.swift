// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds items by words of their titles, whatever their case and accents.
///
/// A title matches when every word of the query begins one of its words. Matches are ordered by
/// how well they fit (the whole title; its beginning; anything else), then by popularity, then by
/// item order. The year and other parentheses at the end of a title need not be typed, and an
/// article moved behind a comma is understood: `the matrix`, `matrix` and `matrix, the` all are
/// the whole title of `Matrix, The (1999)`.
public struct TitleIndex: Sendable {
    /// Distinct title words, ascending.
    private let words: [String]
    /// For each of `words` the items whose titles have it, ascending: `items[starts[w]...]`.
    private let starts: [Int]
    private let items: [Int32]
    /// For each item the ways its title may be typed from its start.
    private let forms: [[[String]]]
    private let popularity: [Int]

    /// Indexes all titles of `catalogue`, in O(words · log words).
    ///
    /// `popularity` has one count per item, greater meaning more popular; traps otherwise.
    public init(_ catalogue: Catalogue, popularity: [Int]) {
        precondition(popularity.count == catalogue.count, "one popularity per item")
        var occurrences: [(word: String, item: Int32)] = []
        var forms: [[[String]]] = []
        for (position, item) in catalogue.items.enumerated() {
            for word in Set(TitleText.words(of: item.title)) {
                occurrences.append((word, Int32(position)))
            }
            forms.append(TitleForms.of(item.title))
        }
        occurrences.sort { ($0.word, $0.item) < ($1.word, $1.item) }
        var words: [String] = []
        var starts: [Int] = []
        for (position, occurrence) in occurrences.enumerated() where occurrence.word != words.last {
            words.append(occurrence.word)
            starts.append(position)
        }
        self.words = words
        self.starts = starts + [occurrences.count]
        items = occurrences.map(\.item)
        self.forms = forms
        self.popularity = popularity
    }

    /// The best matches of `query`, at most `limit`; none for a query without letters or digits.
    ///
    /// O(items + matches · log matches).
    public func search(_ query: String, limit: Int) -> [ItemIndex] {
        let sought = TitleText.words(of: query)
        guard !sought.isEmpty && limit > 0 else { return [] }
        // An item is a match of the first n words when its count has reached n.
        var matchedWords = [Int32](repeating: 0, count: forms.count)
        for (count, word) in sought.enumerated() {
            for item in items[range(ofPrefix: word)] where matchedWords[Int(item)] == Int32(count) {
                matchedWords[Int(item)] += 1
            }
        }
        let matches = matchedWords.indices.filter { matchedWords[$0] == Int32(sought.count) }
        let ranked = matches.map { (fit: fit(of: sought, item: $0), item: $0) }.sorted {
            ($0.fit.rawValue, -popularity[$0.item], $0.item)
                < ($1.fit.rawValue, -popularity[$1.item], $1.item)
        }
        return ranked.prefix(limit).map { ItemIndex($0.item) }
    }

    /// The items that may be called by exactly these folded words, in item order.
    ///
    /// O(items that have the rarest of the words).
    public func items(called words: [String]) -> [ItemIndex] {
        let ranges = words.map { word in
            let first = firstWord { $0 >= word }
            return first < self.words.count && self.words[first] == word
                ? starts[first]..<starts[first + 1] : 0..<0
        }
        guard let rarest = ranges.min(by: { $0.count < $1.count }) else { return [] }
        return items[rarest].filter { forms[Int($0)].contains(words) }
            .map { ItemIndex(rawValue: $0) }
    }

    private enum Fit: Int { case whole, beginning, words }

    private func fit(of sought: [String], item: Int) -> Fit {
        var best = Fit.words
        for form in forms[item] {
            if form == sought { return .whole }
            if form.count >= sought.count && form.starts(with: sought.dropLast())
                && form[sought.count - 1].hasPrefix(sought[sought.count - 1])
            {
                best = .beginning
            }
        }
        return best
    }

    /// The entries of `items` whose word begins with `prefix`.
    private func range(ofPrefix prefix: String) -> Range<Int> {
        let first = firstWord { $0 >= prefix }
        let end = firstWord { $0 >= prefix && !$0.hasPrefix(prefix) }
        return starts[first]..<starts[end]
    }

    /// The first word that fulfils a condition which holds from some word on.
    private func firstWord(where isBehind: (String) -> Bool) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(words[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
