// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    func explain(
        _ token: String, _ itemToken: String, _ options: Request.ExplainOptions
    ) throws(WireError) -> Reply {
        let (head, time) = (options.head, options.time)
        guard time == nil || head == .rating else {
            throw WireError(
                .badValue, "the ranking head knows no time; leave at= out or ask for head=rating")
        }
        let item = try self.item(itemToken)
        let user = try explainableUser(token, by: head)
        let removed = try positions(of: options.without, token, user)
        var explanation = explanation(
            of: item, by: head, for: solved(head, token, user, without: removed), top: options.top,
            time: time)
        var fields = user.provenance(head: head)
        fields.append(.init("item", .text(itemToken)))
        fields.append(.init("title", .text(serving.items[item].title)))
        let stars = serving.scale.clamp(explanation.score)
        if let list = options.list {
            let place = try adjusted(explanation, of: item, token, user, head: head, list)
            explanation = place.explanation
            fields += place.fields
        }
        fields.append(.init("score", .number(explanation.score)))
        if head == .rating { fields.append(.init("stars", .number(stars))) }
        fields.append(.init("top5_coverage", .number(explanation.topFiveCoverage)))
        fields.append(.init("short_explanation", .flag(explanation.isShortHonest)))
        if !removed.isEmpty {
            let before = score(of: item, by: head, user, time: time)
            fields.append(.init("score_before", .number(before)))
            fields.append(.init("removed", .integer(removed.count)))
        }
        if let measured = head == .rating ? fidelity?.rating : fidelity?.ranking {
            fields.append(.init("retrain_slope", .number(measured.slope)))
        }
        return Reply(
            fields, columns: ["line", "item", "title", "rating", "share", "effect"],
            rows: explanation.lines.map(explanationRow))
    }

    /// Where rated items stand in the user's profile, ascending.
    private func positions(
        of items: [String], _ token: String, _ user: ServedUser
    ) throws(WireError) -> [Int] {
        var positions: Set<Int> = []
        for name in items {
            guard let position = user.profile.position(of: try item(name)) else {
                throw WireError(
                    .notRated,
                    "user \(token) has not rated item \(name), so there is nothing to leave out; "
                        + "SHOW user \(token) lists the ratings")
            }
            positions.insert(position)
        }
        return positions.sorted()
    }

    /// What is left of the ratings of `user`, who is called `token`, solved by `head`.
    private func solved(
        _ head: HeadName, _ token: String, _ user: ServedUser, without removed: [Int]
    ) -> SolvedProfile {
        guard removed.isEmpty else {
            let left = user.profile.without(removed)
            return switch head {
            case .ranking: SolvedProfile(left, by: serving.rankingHead)
            case .rating: SolvedProfile(left, by: serving.ratingHead)
            }
        }
        if let held = cache.explained(token, by: head) { return held }
        let solved =
            switch head {
            case .ranking: SolvedProfile(user.profile, by: serving.rankingHead)
            case .rating:
                SolvedProfile(
                    user.profile, by: serving.ratingHead, foldIn: ratingFoldIn(token, of: user))
            }
        cache.hold(solved, token, by: head)
        return solved
    }

    /// The score as it is served.
    private func score(
        of item: ItemIndex, by head: HeadName, _ user: ServedUser, time: Int?
    ) -> Double {
        if let time, let timed = serving.timedHead {
            return timed.score(of: item, at: Int64(time), profile: user.profile)
        }
        return switch head {
        case .ranking: serving.rankingHead.score(of: item, for: user.ranking)
        case .rating: serving.ratingHead.score(of: item, for: user.rating)
        }
    }

    private func explanation(
        of item: ItemIndex, by head: HeadName, for user: SolvedProfile, top: Int, time: Int?
    ) -> Explanation {
        if head == .ranking {
            return Explanation(of: item, by: serving.rankingHead, for: user, top: top)
        }
        guard let time, let timed = serving.timedHead else {
            return Explanation(of: item, by: serving.ratingHead, for: user, top: top)
        }
        let profile = user.profile
        let (score, shares) = timed.timedShares(of: profile, to: item, at: Int64(time))
        return Explanation(
            score: score, baseTerms: serving.ratingHead.baseTerms(of: item), shares: shares,
            profile: profile, top: top
        ) { removed in
            timed.score(of: item, at: Int64(time), profile: profile.without(removed))
        }
    }

    private func explanationRow(_ line: Explanation.Line) -> [Value] {
        let numbers = [Value.number(line.share), line.effect.map { .number($0) } ?? .missing]
        return switch line.part {
        case .base(let name): [.text("base"), .missing, .text(name), .missing] + numbers
        case .attribute(let label):
            [.text("attribute"), .missing, .text(label), .missing] + numbers
        case .share(let item, let rating):
            [
                .text("share"), .text(serving.items[item].id.token),
                .text(serving.items[item].title), .number(Double(rating)),
            ] + numbers
        case .rest(let ratings):
            [.text("rest"), .missing, .text("\(ratings) further ratings"), .missing] + numbers
        case .adjustment(let name):
            [.text("adjustment"), .missing, .text(name), .missing] + numbers
        }
    }
}
