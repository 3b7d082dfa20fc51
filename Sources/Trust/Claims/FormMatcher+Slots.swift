// SPDX-License-Identifier: GPL-3.0-or-later

extension FormMatcher {
    /// The ways in which a slot can be filled from `start` on.
    func slotFits(
        _ kind: SentenceForm.SlotKind, _ name: String, _ start: Int, _ bindings: ClauseBindings
    ) -> [Fit] {
        func bound(_ end: Int, _ bind: (inout ClauseBindings) -> Void) -> Fit {
            var bindings = bindings
            bind(&bindings)
            return Fit(end: end, bindings: bindings)
        }
        switch kind {
        case .number:
            return quantities(at: start).map { end, value in
                bound(end) { $0.quantities[name] = value }
            }
        case .stars, .markedStars:
            return stars(at: start, isMarked: kind == .markedStars).map { end, value in
                bound(end) { $0.quantities[name] = value }
            }
        case .percent:
            return percents(at: start).map { end, value in
                bound(end) { $0.quantities[name] = value }
            }
        case .title:
            return titles(at: start).map { end, value in bound(end) { $0.titles[name] = [value] } }
        case .titles:
            return titleLists(at: start).map { end, value in
                bound(end) { $0.titles[name] = value }
            }
        case .genres:
            return genreLists(at: start).map { end, value in
                bound(end) { $0.genres[name] = value }
            }
        case .ordinal:
            return ordinal(at: start).map { end, place in
                [
                    bound(end) {
                        $0.quantities[name] = Quantity(number: WrittenNumber(value: Double(place)))
                    }
                ]
            } ?? []
        case .year:
            return years(at: start).map { end, range in bound(end) { $0.years[name] = range } }
        }
    }

    func word(_ position: Int) -> String {
        position >= 0 && position < tokens.count ? tokens[position].word : ""
    }

    // MARK: Numbers

    /// A number with what may stand before and behind it.
    private func quantities(at start: Int) -> [(Int, Quantity)] {
        var found: [(Int, Quantity)] = []
        for (place, relation) in QuantityWords.relations(tokens, start) {
            for (end, number) in NumberWords.numbers(tokens, place) {
                var relation = relation
                var end = end
                if word(end) == "or", relation == .equal {
                    switch word(end + 1) {
                    case "so": (end, relation) = (end + 2, .about)
                    case "more": (end, relation) = (end + 2, .atLeast)
                    case "less", "fewer": (end, relation) = (end + 2, .atMost)
                    default: break
                    }
                }
                found.append((end, Quantity(number: number, relation: relation)))
            }
        }
        return found
    }

    /// A number of stars; the scale's upper end may follow.
    private func stars(at start: Int, isMarked: Bool) -> [(Int, Quantity)] {
        quantities(at: start).flatMap { end, quantity -> [(Int, Quantity)] in
            var found: [(Int, Quantity)] = isMarked ? [] : [(end, quantity)]
            if ["star", "stars", "points", "point"].contains(word(end)) {
                found.append((end + 1, quantity))
            }
            for (behind, length) in [
                (["out", "of"], 2), (["slash"], 1), (["of"], 1), (["stars", "out", "of"], 3),
                (["star", "out", "of"], 3), (["stars", "of"], 2), (["star", "of"], 2),
            ] where (0..<length).allSatisfy({ word(end + $0) == behind[$0] }) {
                for (last, scale) in NumberWords.numbers(tokens, end + length)
                where scale.value == scaleMaximum {
                    found.append((last, quantity))
                    if word(last) == "stars" { found.append((last + 1, quantity)) }
                }
            }
            return found
        }
    }

    private func percents(at start: Int) -> [(Int, Quantity)] {
        var found = quantities(at: start).compactMap { end, quantity -> (Int, Quantity)? in
            if ["percent", "%"].contains(word(end)) { return (end + 1, quantity) }
            return word(end) == "per" && word(end + 1) == "cent" ? (end + 2, quantity) : nil
        }
        for (place, relation) in QuantityWords.relations(tokens, start) {
            guard let (end, percent) = NumberWords.part(tokens, place) else { continue }
            let number = WrittenNumber(value: percent, halfUnit: 0.5)
            found.append(
                (end, Quantity(number: number, relation: relation == .equal ? .about : relation)))
        }
        return found
    }

    private func ordinal(at start: Int) -> (Int, Int)? {
        if ["number", "hash", "no", "place", "position", "rank"].contains(word(start)) {
            let place = word(start) == "no" && word(start + 1) == "." ? start + 2 : start + 1
            return NumberWords.numbers(tokens, place).first { $0.1.isWhole && $0.1.value < 1e9 }
                .map { ($0.0, Int($0.1.value)) }
        }
        return NumberWords.ordinal(tokens, start)
    }

    private func years(at start: Int) -> [(Int, ClosedRange<Int>)] {
        guard start < tokens.count else { return [] }
        if let decade = tokens[start].decade { return [(start + 1, decade...(decade + 9))] }
        guard let number = tokens[start].number, number.looksLikeYear else {
            return NumberWords.decade(word(start)).map { [(start + 1, $0...($0 + 9))] } ?? []
        }
        let year = Int(number.value)
        return [(start + 1, year...year)]
    }

    // MARK: Names

    private func titles(at start: Int) -> [(Int, TitleMention)] {
        guard start < tokens.count else { return [] }
        return titleSpans[start].flatMap { span -> [(Int, TitleMention)] in
            let plain = TitleMention(items: span.meaning)
            var found = [(span.end, plain)]
            // `Airplane!` ends with a mark of its own.
            let end = ["!", "?", "."].contains(word(span.end)) ? span.end + 1 : span.end
            if end > span.end, end < tokens.count { found.append((end, plain)) }
            for end in Set([span.end, end]) where word(end) == "lparen" && word(end + 2) == "rparen"
            {
                guard let number = tokens[end + 1].number, number.looksLikeYear else { continue }
                found.append((end + 3, TitleMention(items: span.meaning, year: Int(number.value))))
            }
            return found
        }
    }

    /// Titles with `,` and `and` between them.
    private func titleLists(at start: Int) -> [(Int, [TitleMention])] {
        var found: [(Int, [TitleMention])] = []
        var pending = taggedTitles(at: start).map { ($0.0, [$0.1]) }
        while let (end, mentions) = pending.popLast() {
            found.append((end, mentions))
            guard mentions.count < 12, found.count < 200 else { continue }
            for next in separatorEnds(at: end) {
                pending += taggedTitles(at: next).map { ($0.0, mentions + [$0.1]) }
            }
        }
        return found
    }

    /// Where a list goes on behind a separator.
    private func separatorEnds(at end: Int) -> [Int] {
        switch (word(end), word(end + 1), word(end + 2)) {
        case (",", "and", _): [end + 2]
        case (",", "as", "well") where word(end + 3) == "as": [end + 4]
        case ("as", "well", "as"): [end + 3]
        case (",", _, _), ("and", _, _): [end + 1]
        default: []
        }
    }

    /// A title, and what is said of it in passing: `(5 stars, 11%)`, `, which you rated 5 stars,`.
    private func taggedTitles(at start: Int) -> [(Int, TitleMention)] {
        var places = [start]
        if ["your", "the"].contains(word(start)) { places.append(start + 1) }
        return places.flatMap { titles(at: $0) }.flatMap { end, mention -> [(Int, TitleMention)] in
            var found = [(end, mention)]
            if word(end) == "lparen" {
                found += tags(at: end + 1, mention).compactMap { end, mention in
                    word(end) == "rparen" ? (end + 1, mention) : nil
                }
            }
            for before in [[","], [",", "with"], ["with"], ["at"], [",", "rated"], ["rated"]]
            where before.indices.allSatisfy({ word(end + $0) == before[$0] }) {
                let isRated = before.last == "rated"
                found += tags(at: end + before.count - (isRated ? 1 : 0), mention, isSingle: true)
            }
            return found
        }
    }

    private func tags(
        at start: Int, _ mention: TitleMention, isSingle: Bool = false
    ) -> [(Int, TitleMention)] {
        var found: [(Int, TitleMention)] = []
        var place = start
        let lead = [
            ["which", "you", "rated"], ["you", "rated", "it"], ["you", "gave", "it"],
            ["rated"], ["your", "rating"],
        ].first { words in words.indices.allSatisfy { word(start + $0) == words[$0] } }
        if let lead { place += lead.count }
        for (end, value) in stars(at: place, isMarked: lead == nil) where mention.stars == nil {
            var mention = mention
            mention.stars = value
            found.append((end, mention))
        }
        if lead == nil, mention.percent == nil {
            for (end, value) in percents(at: place) {
                var mention = mention
                mention.percent = value
                let behind = [
                    ["of", "all", "shares"], ["of", "the", "total"], ["of", "the", "whole"],
                ]
                .first { words in words.indices.allSatisfy { word(end + $0) == words[$0] } }
                found.append((end + (behind?.count ?? 0), mention))
            }
        }
        if isSingle { return found }
        return found
            + found.flatMap { end, mention -> [(Int, TitleMention)] in
                [",", "and"].contains(word(end)) ? tags(at: end + 1, mention) : []
            }
    }

    private func genreLists(at start: Int) -> [(Int, [String])] {
        var found: [(Int, [String])] = []
        var pending = genres(at: start).map { ($0.0, [$0.1]) }
        while let (end, genres) = pending.popLast() {
            found.append((end, genres))
            guard genres.count < 12, found.count < 200 else { continue }
            for next in separatorEnds(at: end) + [end] {
                let place = ["a", "an", "the"].contains(word(next)) ? next + 1 : next
                pending += self.genres(at: place).map { ($0.0, genres + [$0.1]) }
            }
        }
        return found
    }

    private func genres(at start: Int) -> [(Int, String)] {
        guard start < tokens.count else { return [] }
        return genreSpans[start].map { ($0.end, $0.meaning) }
    }
}
