// SPDX-License-Identifier: GPL-3.0-or-later

extension ClauseJudge {
    /// Statements about the item, whichever user asks.
    func item(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        let facts = sheet.item
        switch kind {
        case .itemCount: return check(bindings.quantities["n"], facts.ratingCount, .itemRatings)
        case .itemNone: return Judgement(.of(facts.ratingCount == 0), .itemRatings)
        case .itemMean:
            guard let mean = facts.mean else { return .unknown }
            // `With 4 stars` is the mean of a single rating only.
            if bindings.flags.contains("single"), facts.ratingCount != 1 { return .unknown }
            return check(
                bindings.quantities["s"], mean, tolerance: sheet.starTolerance, .itemMean)
        case .itemGenres: return genres(bindings, isExact: bindings.flags.contains("exact"))
        case .itemOnlyGenres:
            guard !facts.genres.isEmpty else { return .unknown }
            if let count = bindings.quantities["genres"] {
                return check(count, facts.genres.count, .genres)
            }
            let stated = Set(bindings.genres["g"] ?? [])
            return Judgement(.of(stated == Set(facts.genres)), .genres)
        default: return description(bindings)
        }
    }

    /// `a 1994 animated musical`: everything that is said must hold.
    private func description(_ bindings: ClauseBindings) -> Judgement {
        var parts: [Judgement] = []
        for range in [bindings.years["y"], bindings.years["from"]].compactMap(\.self) {
            parts.append(year(range, bindings.flags))
        }
        for genre in bindings.genres["g"] ?? [] {
            let isKnown = !sheet.item.genres.isEmpty
            parts.append(
                isKnown ? Judgement(.of(sheet.item.genres.contains(genre)), .genres) : .unknown)
        }
        guard bindings.isNegated, parts.count > 1 else { return .all(parts) }
        // `Not a 1994 comedy` may deny one of the two or both.
        return .agreed([.all(parts), .all(parts.map(\.negated)).negated])
    }

    private func year(_ range: ClosedRange<Int>, _ flags: Set<String>) -> Judgement {
        guard let year = sheet.item.year else { return .unknown }
        if flags.contains("before") { return Judgement(.of(year < range.lowerBound), .year) }
        if flags.contains("after") { return Judgement(.of(year > range.upperBound), .year) }
        return Judgement(.of(range.contains(year)), .year)
    }

    private func genres(_ bindings: ClauseBindings, isExact: Bool) -> Judgement {
        guard let stated = bindings.genres["g"], !sheet.item.genres.isEmpty else {
            return .unknown
        }
        let hasAll = Set(stated).isSubset(of: sheet.item.genres)
        if hasAll && isExact && Set(stated).count < sheet.item.genres.count { return .unknown }
        return Judgement(.of(hasAll), .genres)
    }

    /// Statements about the item's place among what the user has not rated.
    func ranking(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        let quantities = bindings.quantities
        if kind == .candidates {
            return check(quantities["n"], sheet.ranking.candidateCount, .candidates)
        }
        if kind == .recommended, let mention = bindings.titles["item"]?.first,
            case .rated(let place) = mention.items[0], mention.items.count == 1
        {
            return Judgement(.contradicted, .contributionRating(place))
        }
        guard isAboutCandidate(bindings) else { return .unknown }
        switch kind {
        case .recommended:
            let key: FactKey = sheet.ranking.rank == nil ? .isRated : .rank
            return Judgement(.of(sheet.ranking.isRecommended), .isRecommended, key)
        case .rankingScore:
            let value =
                sheet.source == .popular ? Double(sheet.item.ratingCount) : sheet.ranking.score
            return check(
                quantities["n"], value,
                tolerance: sheet.source == .popular ? 0 : FactSheet.scoreTolerance, .rankingScore)
        default: break
        }
        guard let rank = sheet.ranking.rank else { return Judgement(.contradicted, .isRated) }
        switch kind {
        case .ranksAbove: return check(quantities["above"], rank - 1, .rank)
        case .topOf where bindings.flags.contains("best"):
            return Judgement(.of(rank == 1), .rank) && candidates(quantities)
        case .topOf:
            guard let top = quantities["top"], top.relation == .equal, top.number.isWhole else {
                return .unknown
            }
            return Judgement(.of(Double(rank) <= top.number.value), .rank)
        default:
            guard let stated = quantities["rank"], [.equal, .about].contains(stated.relation)
            else { return .unknown }
            return check(stated, rank, .rank) && candidates(quantities)
        }
    }

    private func candidates(_ quantities: [String: Quantity]) -> Judgement {
        guard let stated = quantities["candidates"] else { return Judgement(verdict: .supported) }
        return check(stated, sheet.ranking.candidateCount, .candidates)
    }
}
