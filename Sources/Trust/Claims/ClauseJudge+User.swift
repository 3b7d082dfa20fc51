// SPDX-License-Identifier: GPL-3.0-or-later

extension ClauseJudge {
    /// Statements about the user's ratings as a whole and about the answer.
    func user(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        switch kind {
        case .userCount:
            return check(bindings.quantities["n"], sheet.user.ratingCount, .userRatings)
        case .userNone: return Judgement(.of(sheet.user.ratingCount == 0), .userRatings)
        case .userMean:
            guard let mean = sheet.user.mean else { return .unknown }
            return check(
                bindings.quantities["s"], mean, tolerance: sheet.starTolerance, .userMean)
        case .generation:
            return check(bindings.quantities["generation"], sheet.generation, .generation)
        case .demographics:
            if bindings.flags.contains("told") {
                return Judgement(.of(!sheet.rating.attributes.isEmpty), .demographics)
            }
            // Which of them is meant, and whether of the list or of the stars, is not settled.
            guard sheet.rating.attributes.isEmpty else { return .unknown }
            return Judgement(.of(!bindings.flags.contains("used")), .demographics)
        default:
            // Who has told something is not told what anybody would be.
            guard source(bindings) != .popular || sheet.rating.attributes.isEmpty else {
                return .unknown
            }
            return Judgement(.of(sheet.source == source(bindings)), .source)
        }
    }

    private func source(_ bindings: ClauseBindings) -> FactSheet.Source {
        if bindings.flags.contains("popular") { return .popular }
        return bindings.flags.contains("folded") ? .foldedIn : .personal
    }

    /// Statements about the user's ratings by genre.
    func genre(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        if kind == .genreCompare || kind == .genreMeanCompare {
            return compareGenres(kind, bindings)
        }
        guard let (count, place) = ratings(of: bindings.genres["g"]) else { return .unknown }
        let key = place.map { FactKey.genreCount($0) } ?? .userRatings
        let total = sheet.user.ratingCount
        switch kind {
        case .genreCount:
            let judgement = check(bindings.quantities["n"], count, key)
            guard let stated = bindings.quantities["total"] else { return judgement }
            return judgement && check(stated, total, .userRatings)
        case .genrePart:
            return check(
                bindings.quantities["p"], 100 * Double(count) / Double(max(total, 1)),
                tolerance: FactSheet.percentTolerance, key)
        case .genreMost: return Judgement(.of(2 * count > total), key)
        case .genreTop:
            let most = sheet.user.genres.first?.count ?? 0
            let isTied = sheet.user.genres.filter { $0.count == most }.count > 1
            return isTied && count == most ? .unknown : Judgement(.of(count == most), key)
        case .genreMean:
            guard let place else { return Judgement(.contradicted, .userRatings) }
            return check(
                bindings.quantities["s"], sheet.user.genres[place].mean,
                tolerance: sheet.starTolerance, .genreMean(place))
        case .genreBest:
            let best = sheet.user.genres.map(\.mean).max()
            guard let place, let best else { return .unknown }
            return Judgement(.of(sheet.user.genres[place].mean == best), .genreMean(place))
        default: return Judgement(.of(count > 0), key)
        }
    }

    /// `at 4.5 stars on average` about the genre that the clause before names.
    func genreMean(_ stated: Quantity?, after previous: Clause?) -> Judgement {
        guard let previous, [.genreBest, .genreTop, .genreCount].contains(previous.kind),
            !previous.bindings.isNegated,
            let (_, place) = ratings(of: previous.bindings.genres["g"]), let place
        else { return .unknown }
        return check(
            stated, sheet.user.genres[place].mean, tolerance: sheet.starTolerance,
            .genreMean(place))
    }

    private func compareGenres(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        guard let (a, placeA) = ratings(of: bindings.genres["a"]),
            let (b, placeB) = ratings(of: bindings.genres["b"])
        else { return .unknown }
        let isMore = bindings.flags.contains("more")
        if kind == .genreCompare {
            let keyA = placeA.map { FactKey.genreCount($0) } ?? .userRatings
            let keyB = placeB.map { FactKey.genreCount($0) } ?? .userRatings
            return Judgement(.of(isMore ? a > b : a < b), keyA, keyB)
        }
        guard let placeA, let placeB else { return .unknown }
        let (left, right) = (sheet.user.genres[placeA].mean, sheet.user.genres[placeB].mean)
        return Judgement(
            .of(isMore ? left > right : left < right), .genreMean(placeA), .genreMean(placeB))
    }

    /// How many ratings of one genre there are, and its place among the user's; nil where the
    /// facts do not tell.
    private func ratings(of genres: [String]?) -> (count: Int, place: Int?)? {
        guard let genres, genres.count == 1 else { return nil }
        guard let place = sheet.user.genres.firstIndex(where: { $0.name == genres[0] }) else {
            let isKnown = !sheet.user.genres.isEmpty || sheet.user.ratingCount == 0
            return isKnown ? (0, nil) : nil
        }
        return (sheet.user.genres[place].count, place)
    }

    /// Statements about single ratings.
    func history(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        if kind == .ratedCompare { return compareRatings(bindings) }
        let stars = kind == .rated ? bindings.quantities["s"] : nil
        guard let mentions = bindings.titles["of"] else {
            return .agreed(([.item] + otherAntecedents).map { rating(of: $0, stars) })
        }
        let parts = mentions.map { mention in
            Judgement.agreed(fitting(mention).map { rating(of: $0, stars) })
        }
        // Who has not rated A and B has rated neither.
        return bindings.isNegated ? .all(parts.map(\.negated)).negated : .all(parts)
    }

    private func compareRatings(_ bindings: ClauseBindings) -> Judgement {
        guard let a = singleRating(bindings.titles["a"]),
            let b = singleRating(bindings.titles["b"])
        else { return .unknown }
        let holds =
            bindings.flags.contains("same")
            ? a.rating == b.rating
            : bindings.flags.contains("more") ? a.rating > b.rating : a.rating < b.rating
        return Judgement(.of(holds), a.key, b.key)
    }

    private func singleRating(_ mentions: [TitleMention]?) -> (rating: Float, key: FactKey)? {
        guard let mentions, mentions.count == 1 else { return nil }
        let items = fitting(mentions[0])
        guard items.count == 1 else { return nil }
        switch items[0] {
        case .item: return sheet.rating.own.map { ($0, .ownRating) }
        case .rated(let place):
            return (sheet.explanation.contributions[place].rating, .contributionRating(place))
        case .other: return nil
        }
    }
}
