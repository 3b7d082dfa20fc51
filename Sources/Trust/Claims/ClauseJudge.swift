// SPDX-License-Identifier: GPL-3.0-or-later

/// Holds clauses against a fact sheet.
struct ClauseJudge {
    let sheet: FactSheet
    /// Items that `it` may stand for beside the answer's own.
    var otherAntecedents: [NamedItem] = []

    /// The clause with every mention of an item cut down to the items of the year it gives.
    func resolved(_ clause: Clause) -> Clause {
        var bindings = clause.bindings
        bindings.titles = bindings.titles.mapValues { mentions in
            mentions.map { mention in
                var mention = mention
                let fitting = fitting(mention)
                if !fitting.isEmpty { mention.items = fitting }
                return mention
            }
        }
        return Clause(
            kind: clause.kind, subject: clause.subject, bindings: bindings, range: clause.range)
    }

    /// What the facts say of a resolved clause, which follows `previous` in its sentence.
    func judgement(of clause: Clause, after previous: Clause?) -> Judgement {
        let bindings = clause.bindings
        var result = positive(clause.kind, bindings, previous)
        if bindings.isNegated { result = result.negated }
        result = result && described(bindings)
        for (_, mentions) in bindings.titles {
            for mention in mentions { result = result && named(mention) }
        }
        return result
    }

    private func positive(
        _ kind: StatementKind, _ bindings: ClauseBindings, _ previous: Clause?
    ) -> Judgement {
        switch kind {
        case .userCount, .userNone, .userMean, .userSource, .generation, .demographics:
            user(kind, bindings)
        case .genreCountOn:
            previous.map(Self.counts) == true ? genre(.genreCount, bindings) : .unknown
        case .ratedOn:
            previous.map(Self.rates) == true ? history(.rated, bindings) : .unknown
        case .genreMeanOn:
            genreMean(bindings.quantities["s"], after: previous)
        case .genreCount, .genrePart, .genreTop, .genreMost, .genreMean, .genreBest, .genreAny,
            .genreCompare, .genreMeanCompare:
            genre(kind, bindings)
        case .rated, .ratedAny:
            // `One western, and gave it 2 stars`: that may be the western.
            bindings.titles["of"] == nil && previous.map(Self.tellsOfFilms) == true
                ? .unknown : history(kind, bindings)
        case .ratedCompare: history(kind, bindings)
        case .description, .itemCount, .itemMean, .itemGenres, .itemOnlyGenres, .itemNone:
            isAboutItem(bindings) ? item(kind, bindings) : .unknown
        case .rank, .topOf, .recommended, .rankingScore, .candidates, .ranksAbove:
            ranking(kind, bindings)
        case .predicted, .interval, .deviation, .compare, .compareOn:
            prediction(kind, bindings, previous)
        case .sharePartOn:
            partOn(bindings, after: previous)
        case .share, .sharePart, .shareSign, .shareRank, .largestShares, .shareCompare,
            .because:
            contribution(kind, bindings, previous)
        case .coverage, .others, .abstains, .base, .additive, .shareMeaning:
            explanation(kind, bindings)
        }
    }

    /// Whether a clause counts ratings of genres, so that `and 8 comedies` may follow.
    private static func counts(_ clause: Clause) -> Bool {
        [.genreCount, .genreCountOn].contains(clause.kind) && !clause.bindings.isNegated
    }

    /// Whether a clause tells of films without naming them, which `it` may stand for.
    private static func tellsOfFilms(_ clause: Clause) -> Bool {
        [.userCount, .genreCount, .genreCountOn, .genreAny].contains(clause.kind)
    }

    /// Whether a clause tells ratings, so that `and Aladdin 4 stars` may follow.
    private static func rates(_ clause: Clause) -> Bool {
        [.rated, .ratedOn].contains(clause.kind) && !clause.bindings.isNegated
    }

    /// Whether the item is what its name in the clause says: `this 1994 drama`.
    private func described(_ bindings: ClauseBindings) -> Judgement {
        var judgement = Judgement(verdict: .supported)
        guard bindings.years["sy"] != nil || bindings.genres["sg"] != nil else { return judgement }
        guard otherAntecedents.isEmpty else { return .unknown }
        for (slot, name) in [("sy", "y"), ("sg", "g")] {
            var part = ClauseBindings()
            part.years[name] = bindings.years[slot]
            part.genres[name] = bindings.genres[slot]
            if part != ClauseBindings() { judgement = judgement && item(.description, part) }
        }
        return judgement
    }

    // MARK: Means

    /// How a quantity stands to a measured or counted value.
    func check(
        _ quantity: Quantity?, _ value: Double, tolerance: Double = 0, _ key: FactKey
    ) -> Judgement {
        guard let quantity else { return .unknown }
        return Judgement(quantity.verdict(on: value, tolerance: tolerance), key)
    }

    /// How a quantity stands to a count.
    func check(_ quantity: Quantity?, _ value: Int, _ key: FactKey) -> Judgement {
        check(quantity, Double(value), key)
    }

    /// Whether the clause's subject is the item that the answer is about, for facts that other
    /// items have as well.
    func isAboutItem(_ bindings: ClauseBindings) -> Bool {
        if let mention = bindings.titles["item"]?.first { return mention.items == [.item] }
        return !bindings.flags.contains("pronoun") || otherAntecedents.isEmpty
    }

    /// Whether the clause's subject is the item that the answer is about, for what is said of no
    /// rated item.
    func isAboutCandidate(_ bindings: ClauseBindings) -> Bool {
        if let mention = bindings.titles["item"]?.first { return mention.items == [.item] }
        guard bindings.flags.contains("pronoun") else { return true }
        return otherAntecedents.allSatisfy { if case .rated = $0 { true } else { false } }
    }

    /// The place among the contributions of an item that the user has rated.
    func place(of item: NamedItem) -> Int? {
        switch item {
        case .rated(let place): place
        case .item:
            sheet.explanation.contributions.firstIndex { $0.token == sheet.item.token }
        case .other: nil
        }
    }

    /// Whether what is said of an item in passing is right: its year, its rating, its part.
    private func named(_ mention: TitleMention) -> Judgement {
        let readings = fitting(mention)
        guard !readings.isEmpty else {
            return switch mention.items.first {
            case .item: Judgement(.contradicted, .title)
            case .rated(let place): Judgement(.contradicted, .contributionRating(place))
            default: .unknown
            }
        }
        return .agreed(
            readings.map { item in
                var judgement = Judgement(verdict: .supported)
                if let year = mention.year, self.year(of: item) != year {
                    judgement = .unknown
                }
                if let stars = mention.stars { judgement = judgement && rating(of: item, stars) }
                if let percent = mention.percent, let place = place(of: item) {
                    let share = sheet.explanation.contributions[place].share
                    judgement =
                        judgement
                        && check(
                            percent, sheet.explanation.percent(of: share),
                            tolerance: FactSheet.percentTolerance, .sharePercent(place))
                }
                return judgement
            })
    }

    /// The items that a mention may mean: those of the year that is given with it.
    func fitting(_ mention: TitleMention) -> [NamedItem] {
        guard let year = mention.year else { return mention.items }
        return mention.items.filter { self.year(of: $0).map { $0 == year } ?? true }
    }

    private func year(of item: NamedItem) -> Int? {
        switch item {
        case .item: sheet.item.year
        case .rated(let place): sheet.explanation.contributions[place].year
        case .other(let title): title.year
        }
    }

    /// Whether the user has given an item a rating of so many stars.
    func rating(of item: NamedItem, _ stars: Quantity?) -> Judgement {
        switch item {
        case .item:
            guard let own = sheet.rating.own else { return Judgement(.contradicted, .isRated) }
            guard let stars else { return Judgement(.supported, .isRated) }
            return check(stars, Double(own), .ownRating)
        case .rated(let place):
            let rating = sheet.explanation.contributions[place].rating
            guard let stars else { return Judgement(.supported, .contributionRating(place)) }
            return check(stars, Double(rating), .contributionRating(place))
        case .other: return Judgement(.contradicted, .userRatings)
        }
    }
}
