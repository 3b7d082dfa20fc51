// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    func explain(
        user token: String, item itemToken: String, head: HeadName, top: Int, time: Int?
    ) throws(WireError) -> Reply {
        guard time == nil || head == .rating else {
            throw WireError(
                .badValue, "the ranking head knows no time; leave at= out or ask for head=rating")
        }
        let item = try self.item(itemToken)
        let user = servedUser(token)
        guard user.isKnown else { throw unknownUser(token) }
        guard !user.profile.isEmpty else {
            throw WireError(
                .noHistory,
                "user \(token) has no ratings: RECOMMEND serves what is popular, PREDICT the "
                    + "average user's rating; RATE something first")
        }
        let explanation =
            switch head {
            case .ranking:
                Explanation(
                    of: item, by: serving.rankingHead, profile: user.profile,
                    foldIn: serving.rankingHead.foldIn(user.profile), top: top)
            case .rating: ratingExplanation(of: item, token, user, top: top, time: time)
            }
        var fields = provenance(user, head: head)
        fields.append(.init("item", .text(itemToken)))
        fields.append(.init("title", .text(serving.items[item].title)))
        fields.append(.init("score", .number(explanation.score)))
        if head == .rating {
            fields.append(.init("stars", .number(serving.scale.clamp(explanation.score))))
        }
        fields.append(.init("top5_coverage", .number(explanation.topFiveCoverage)))
        fields.append(.init("short_explanation", .flag(explanation.isShortHonest)))
        return Reply(
            fields, columns: ["line", "item", "title", "rating", "share", "effect"],
            rows: explanation.lines.map(explanationRow))
    }

    private func ratingExplanation(
        of item: ItemIndex, _ token: String, _ user: ServedUser, top: Int, time: Int?
    ) -> Explanation {
        guard let time, let timed = serving.timedHead else {
            return Explanation(
                of: item, by: serving.ratingHead, profile: user.profile,
                foldIn: ratingFoldIn(token, of: user), top: top)
        }
        let (score, shares) = timed.timedShares(of: user.profile, to: item, at: Int64(time))
        return Explanation(
            score: score, baseTerms: serving.ratingHead.baseTerms(of: item), shares: shares,
            profile: user.profile, top: top
        ) { removed in
            timed.score(of: item, at: Int64(time), profile: user.profile.without(removed))
        }
    }

    private func explanationRow(_ line: Explanation.Line) -> [Value] {
        let numbers = [Value.number(line.share), line.effect.map { .number($0) } ?? .missing]
        return switch line.part {
        case .base(let name): [.text("base"), .missing, .text(name), .missing] + numbers
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
