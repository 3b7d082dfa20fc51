// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts the tokens of a text into sentences; marks inside titles end none.
enum SentenceSplit {
    /// The tokens of each sentence, its final mark included, list numbers left out.
    static func sentences(
        of tokens: [SentenceToken], titles: [[ClaimLexicon.Span<[NamedItem]>]]
    ) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = 0
        var position = 0
        func close(at end: Int) {
            let first = withoutBullet(start..<end, tokens)
            if (first..<end).contains(where: { !tokens[$0].isStop }) {
                sentences.append(first..<end)
            }
            start = end
        }
        while position < tokens.count {
            if position > start, tokens[position].beginsParagraph { close(at: position) }
            if let span = titles[position].first {
                position = span.end
                // A title's own mark ends the sentence only before a capital letter.
                if position < tokens.count, tokens[position].isStop,
                    tokens[position].word != ".", !isLast(position, tokens),
                    !tokens[position + 1].isCapitalised
                {
                    position += 1
                }
                continue
            }
            if ends(position, tokens) {
                while position + 1 < tokens.count, tokens[position + 1].isStop { position += 1 }
                // A bracket that opened in the sentence closes in it.
                if position + 1 < tokens.count, tokens[position + 1].word == "rparen" {
                    position += 1
                }
                close(at: position + 1)
            }
            position += 1
        }
        if start < tokens.count { close(at: tokens.count) }
        return sentences
    }

    private static func isLast(_ position: Int, _ tokens: [SentenceToken]) -> Bool {
        position == tokens.count - 1
    }

    /// Whether the mark at a place ends a sentence.
    private static func ends(_ position: Int, _ tokens: [SentenceToken]) -> Bool {
        guard tokens[position].isStop else { return false }
        guard !isLast(position, tokens) else { return true }
        let next = tokens[position + 1]
        if next.isStop || next.word == "rparen" { return next.word == "rparen" ? false : true }
        guard next.hasSpaceBefore || next.opensQuote else { return false }
        if tokens[position].word == ".", position > 0,
            abbreviations.contains(tokens[position - 1].word)
        {
            return false
        }
        return true
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "st", "vs", "no", "approx", "vol", "jr", "eg", "ie",
    ]

    /// Skips `1.`, `a dash` and the like at the beginning of a list item.
    private static func withoutBullet(_ range: Range<Int>, _ tokens: [SentenceToken]) -> Int {
        var first = range.lowerBound
        if tokens[first].word == "dash" { first += 1 }
        if range.count > first + 1 - range.lowerBound, tokens[first].beginsParagraph,
            tokens[first].number?.isWhole == true, first + 1 < range.upperBound,
            tokens[first + 1].word == "." || tokens[first + 1].word == "rparen"
        {
            first += 2
        }
        return min(first, range.upperBound)
    }
}
