// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension ClauseJudge {
    private var facts: ExplanationFacts { sheet.explanation }

    /// Statements about what single ratings add to the score.
    func contribution(
        _ kind: StatementKind, _ bindings: ClauseBindings, _ previous: Clause?
    ) -> Judgement {
        let mentions = bindings.titles["of"] ?? []
        var places: [Int] = []
        for mention in mentions {
            let found = fitting(mention).map { place(of: $0) }
            guard let first = found.first else { return .unknown }
            guard let place = first else {
                // Who has not rated something cannot owe a part of the score to it.
                let isUnrated = found.allSatisfy { $0 == nil }
                return isUnrated ? Judgement(.contradicted, .userRatings) : .unknown
            }
            guard found.allSatisfy({ $0 == place }) else { return .unknown }
            places.append(place)
        }
        let given = bindings.quantities["given"].map { stars in
            Judgement.all(places.map { rating(of: .rated($0), stars) })
        }
        let judgement =
            kind == .because
            ? because(bindings, places, previous) : shares(kind, bindings, places)
        return given.map { judgement && $0 } ?? judgement
    }

    private func shares(
        _ kind: StatementKind, _ bindings: ClauseBindings, _ places: [Int]
    ) -> Judgement {
        switch kind {
        case .share:
            guard places.count == 1 else { return .unknown }
            let share = facts.contributions[places[0]].share
            return check(
                bindings.quantities["share"],
                bindings.flags.contains("minus") ? -share : share,
                tolerance: FactSheet.shareTolerance, .share(places[0]))
        case .sharePart: return part(bindings, places)
        case .shareSign:
            return .all(
                places.map { place in
                    let share = facts.contributions[place].share
                    return Judgement(
                        .of(bindings.flags.contains("up") ? share > 0 : share < 0), .share(place))
                })
        case .shareRank: return rank(bindings, places)
        case .largestShares: return largest(bindings, places)
        default: return compareShares(bindings, places)
        }
    }

    /// `about 21% of all shares` about the rating that the clause before names.
    func partOn(_ bindings: ClauseBindings, after previous: Clause?) -> Judgement {
        guard let previous, [.share, .shareRank].contains(previous.kind),
            !previous.bindings.isNegated, let mention = previous.bindings.titles["of"]?.first
        else { return .unknown }
        var bindings = bindings
        bindings.titles["of"] = [TitleMention(items: fitting(mention))]
        return contribution(.sharePart, bindings, nil)
    }

    private func part(_ bindings: ClauseBindings, _ places: [Int]) -> Judgement {
        guard !places.isEmpty, let stated = bindings.quantities["part"] else { return .unknown }
        let sum = places.reduce(0) { $0 + facts.contributions[$1].share }
        let ofShares = places.reduce(0) {
            $0 + facts.percent(of: facts.contributions[$1].share)
        }
        let keys = places.map { FactKey.sharePercent($0) }
        func judged(_ percent: Double) -> Judgement {
            var judgement = check(
                stated, percent, tolerance: FactSheet.percentTolerance, keys[0])
            judgement.used = keys
            if judgement.verdict == .contradicted { judgement.conflicts = keys }
            return judgement
        }
        let ofScore = facts.score != 0 ? judged(100 * sum / facts.score) : .unknown
        let isStated = bindings.flags.contains("score")
        if isStated { return ofScore }
        // Where it is not said of what, both readings must agree.
        return bindings.flags.contains("shares")
            ? judged(ofShares) : .agreed([judged(ofShares), ofScore])
    }

    /// Whether the share at `place` is as large as the one of a rank, from 0.
    private func hasRank(_ rank: Int, _ place: Int, among shares: [ExplanationFacts.Contribution])
        -> Bool
    {
        rank < shares.count
            && shares[rank].share.magnitude == facts.contributions[place].share.magnitude
    }

    private func rank(_ bindings: ClauseBindings, _ places: [Int]) -> Judgement {
        guard places.count == 1 else { return .unknown }
        let place = places[0]
        let share = facts.contributions[place].share
        if bindings.flags.contains("down") {
            let lowest = facts.contributions.map(\.share).min() ?? 0
            let judgement = Judgement(.of(share < 0 && share == lowest), .share(place))
            guard let amount = bindings.quantities["share"] else { return judgement }
            return judgement
                && check(amount, -share, tolerance: FactSheet.shareTolerance, .share(place))
        }
        let rank = bindings.quantities["place"].map { Int($0.number.value) - 1 } ?? 0
        guard rank >= 0 else { return .unknown }
        let raising = facts.contributions.filter { $0.share > 0 }
        let isRank = hasRank(rank, place, among: facts.contributions)
        let isRaisingRank = share > 0 && hasRank(rank, place, among: raising)
        guard isRank == isRaisingRank else { return .unknown }
        return Judgement(.of(isRank), .shareRank(place))
    }

    private func largest(_ bindings: ClauseBindings, _ places: [Int]) -> Judgement {
        let count = places.count
        guard count > 0, Set(places).count == count else { return .unknown }
        if let stated = bindings.quantities["count"], stated.number.value != Double(count) {
            return .unknown
        }
        let raising = facts.contributions.filter { $0.share > 0 }
        let areRaising = places.allSatisfy { facts.contributions[$0].share > 0 }
        let isLargest = self.isLargest(places, among: facts.contributions)
        guard isLargest == (areRaising && self.isLargest(places, among: raising)) else {
            return .unknown
        }
        return .all(places.map { Judgement(.of(isLargest), .shareRank($0)) })
    }

    private func isLargest(
        _ places: [Int], among shares: [ExplanationFacts.Contribution]
    ) -> Bool {
        guard places.count <= shares.count else { return false }
        let least = shares[places.count - 1].share.magnitude
        return places.allSatisfy { facts.contributions[$0].share.magnitude >= least }
    }

    private func compareShares(_ bindings: ClauseBindings, _ places: [Int]) -> Judgement {
        guard places.count == 1, let others = bindings.titles["than"], others.count == 1 else {
            return .unknown
        }
        let found = fitting(others[0]).compactMap { place(of: $0) }
        guard found.count == 1, found[0] != places[0] else { return .unknown }
        let (left, right) = (
            facts.contributions[places[0]].share, facts.contributions[found[0]].share
        )
        let isMore = bindings.flags.contains("more")
        let bySign = isMore ? left > right : left < right
        let bySize =
            isMore ? left.magnitude > right.magnitude : left.magnitude < right.magnitude
        guard bySign == bySize else { return .unknown }
        return Judgement(.of(bySign), .share(places[0]), .share(found[0]))
    }

    // MARK: Reasons

    /// `because you rated X`: X must be rated as said, must raise the score, and must be what the
    /// words make of it.
    private func because(
        _ bindings: ClauseBindings, _ places: [Int], _ previous: Clause?
    ) -> Judgement {
        guard !places.isEmpty else { return .unknown }
        var judgement = Judgement.all(
            places.map { rating(of: .rated($0), bindings.quantities["s"]) })
        if bindings.flags.contains("high") {
            judgement =
                judgement
                && .all(
                    places.map { place in
                        let rating = facts.contributions[place].rating
                        return Judgement(
                            .of(rating >= sheet.scale.relevanceThreshold),
                            .contributionRating(place))
                    })
        }
        return judgement && cause(bindings, places, previous)
    }

    private func cause(
        _ bindings: ClauseBindings, _ places: [Int], _ previous: Clause?
    ) -> Judgement {
        guard explains(previous) else { return .unknown }
        let shares = places.map { facts.contributions[$0].share }
        for (place, share) in zip(places, shares) where share <= 0 {
            return Judgement(.contradicted, .share(place))
        }
        let percent = shares.reduce(0) { $0 + facts.percent(of: $1) }
        let ranks = places.map { Judgement(.supported, .share($0), .shareRank($0)) }
        if bindings.flags.contains("only") {
            let isAll = facts.contributions.indices.allSatisfy {
                places.contains($0) || facts.contributions[$0].share <= 0
            }
            return Judgement.all(places.map { Judgement(.of(isAll), .sharePercent($0)) })
        }
        if bindings.flags.contains("mainly") {
            return .all(places.map { Judgement(.of(percent >= 50), .sharePercent($0)) })
        }
        if bindings.flags.contains("partly") {
            return places.allSatisfy { $0 < facts.listedCount } ? .all(ranks) : .unknown
        }
        guard !facts.abstains, places.allSatisfy({ $0 < 5 }) else { return .unknown }
        return .all(ranks)
    }

    /// Whether the explanation is one of what the clause before states.
    private func explains(_ previous: Clause?) -> Bool {
        guard let previous else { return facts.head == .ranking }
        guard !previous.bindings.isNegated else { return false }
        switch previous.kind {
        case .recommended, .rank, .topOf, .rankingScore: return facts.head == .ranking
        case .predicted: return facts.head == .rating
        default: return false
        }
    }

    // MARK: The explanation as a whole

    /// Statements about an explanation as a whole.
    func explanation(_ kind: StatementKind, _ bindings: ClauseBindings) -> Judgement {
        guard !facts.contributions.isEmpty else { return .unknown }
        switch kind {
        case .coverage: return coverage(bindings)
        case .others: return others(bindings)
        case .abstains:
            let isHonest = bindings.flags.contains("honest")
            return Judgement(.of(isHonest != facts.abstains), .abstains, .coverage)
        case .base:
            if bindings.flags.contains("all") {
                return Judgement(.of(facts.base.magnitude < 1e-9), .base)
            }
            return stated(bindings, "base", facts.base, .base)
                && optional(bindings, "score", facts.score, .explained)
        case .additive: return additive(bindings)
        default: return Judgement(.of(!bindings.flags.contains("effect")), .shareMeaning)
        }
    }

    private func stated(
        _ bindings: ClauseBindings, _ name: String, _ value: Double, _ key: FactKey
    ) -> Judgement {
        check(bindings.quantities[name], value, tolerance: FactSheet.scoreTolerance, key)
    }

    private func optional(
        _ bindings: ClauseBindings, _ name: String, _ value: Double, _ key: FactKey
    ) -> Judgement {
        bindings.quantities[name] == nil
            ? Judgement(verdict: .supported) : stated(bindings, name, value, key)
    }

    private func coverage(_ bindings: ClauseBindings) -> Judgement {
        guard facts.contributions.count > 5 else { return .unknown }
        let hasOneSign = facts.contributions.allSatisfy { $0.share >= 0 }
        if bindings.flags.contains("score"), !hasOneSign || facts.base != 0 { return .unknown }
        let percent = 100 * facts.topFiveCoverage
        if bindings.flags.contains("most") { return Judgement(.of(percent > 50), .coverage) }
        return check(
            bindings.quantities["part"], percent, tolerance: FactSheet.percentTolerance, .coverage)
    }

    private func others(_ bindings: ClauseBindings) -> Judgement {
        let count = facts.contributions.count
        let stated =
            bindings.flags.contains("one")
            ? 1
            : bindings.quantities["others"]
                .map { Int($0.number.value) } ?? 0
        if let relation = bindings.quantities["others"]?.relation, relation != .equal {
            return .unknown
        }
        guard stated > 0 else { return .unknown }
        guard stated <= count else { return Judgement(.contradicted, .userRatings) }
        let sum = facts.sum(after: count - stated)
        let judgement = check(
            bindings.quantities["sum"], bindings.flags.contains("minus") ? -sum : sum,
            tolerance: FactSheet.shareTolerance, .furtherSum)
        guard let total = bindings.quantities["total"] else { return judgement }
        return judgement && check(total, sheet.user.ratingCount, .userRatings)
    }

    private func additive(_ bindings: ClauseBindings) -> Judgement {
        let flags = bindings.flags
        if flags.contains("ranking"), facts.head != .ranking { return .unknown }
        if flags.contains("predicted"), facts.head != .rating { return .unknown }
        var judgement =
            Judgement(.supported, .shareMeaning)
            && optional(bindings, "score", facts.score, .explained)
            && optional(bindings, "base", facts.base, .base)
        if let total = bindings.quantities["total"] {
            judgement = judgement && check(total, sheet.user.ratingCount, .userRatings)
        }
        if flags.contains("one") {
            judgement = judgement && Judgement(.of(facts.contributions.count == 1), .userRatings)
        }
        if flags.contains("ranking"), facts.base.magnitude > 1e-9 { return judgement && .unknown }
        if flags.contains("predicted"), !facts.attributes.isEmpty { return judgement && .unknown }
        return judgement
    }
}
