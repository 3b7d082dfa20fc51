// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    /// The best items for a user; nil when the answer will come through `collect()`.
    func recommend(
        _ ticket: Ticket, user token: String, count: Int, rank: HeadName,
        mitigation: ListMitigation
    ) throws(WireError) -> Answer? {
        let user = servedUser(token)
        guard mitigation == .none else {
            let entries = try mitigatedList(token, user, count: count, rank: rank, mitigation)
                .entries
            let reply = try list(
                entries.map { ScoredItem(item: $0.item, score: $0.score) }, of: count,
                for: user, token, rank: rank, before: entries.map(\.before))
            return answer(reply, validity: user.validity)
        }
        guard !sharesScans(user, rank: rank) else {
            lists.append(
                WaitingList(ticket: ticket, token: token, user: user, count: count, rank: rank))
            return nil
        }
        let chosen: [ScoredItem]
        if rank == .rating {
            chosen = TopK.select(
                serving.ratingHead, user.rating, count: count, excluding: user.profile)
        } else if user.source == .popular {
            chosen = serving.popularity.select(count: count, excluding: user.profile)
        } else {
            chosen = TopK.select(
                serving.rankingHead, user.ranking, count: count, excluding: user.profile)
        }
        return answer(chosen, of: count, for: user, token, rank: rank)
    }

    /// The answer that lists `chosen` for a user.
    func answer(
        _ chosen: [ScoredItem], of count: Int, for user: ServedUser, _ token: String,
        rank: HeadName
    ) -> Answer {
        do throws(WireError) {
            return answer(
                try list(chosen, of: count, for: user, token, rank: rank), validity: user.validity)
        } catch {
            return Answer(.failure(error), generation: generation)
        }
    }

    /// The reply that lists `chosen` for a user; `before` holds their ranks without mitigation.
    private func list(
        _ chosen: [ScoredItem], of count: Int, for user: ServedUser, _ token: String,
        rank: HeadName, before: [Int]? = nil
    ) throws(WireError) -> Reply {
        guard !chosen.isEmpty else {
            throw WireError(
                .noCandidates,
                "user \(token) has rated every item of the catalogue; nothing is left")
        }
        return list(
            chosen, of: count, stars: user.rating, before: before,
            user.provenance(head: rank) + [.init("excluded", .integer(user.profile.count))]
                + cautions(rank))
    }

    /// The reply that lists `chosen` best first, with the stars that are predicted from `vector`.
    ///
    /// `fields` come first; fewer than `count` items are said to be all there are.
    func list(
        _ chosen: [ScoredItem], of count: Int, stars vector: UserVector, before: [Int]? = nil,
        _ fields: [Reply.Field]
    ) -> Reply {
        var fields = fields
        if chosen.count < count { fields.append(.init("short", .text("catalogue-exhausted"))) }
        let rows = chosen.enumerated().map { place, scored in
            let stars = serving.ratingHead.score(of: scored.item, for: vector)
            let row: [Value] = [
                .integer(place + 1), .text(serving.items[scored.item].id.token),
                .text(serving.items[scored.item].title), .number(scored.score),
                .number(serving.scale.clamp(stars)),
            ]
            return before.map { row + [.integer($0[place])] } ?? row
        }
        return Reply(
            fields,
            columns: ["rank", "item", "title", "score", "stars"]
                + (before == nil ? [] : ["before"]), rows: rows)
    }

    /// What is to be known about lists in the order of `rank`.
    func cautions(_ rank: HeadName) -> [Reply.Field] {
        guard rank == .rating || serving.manifest.training.ranking == .rating else { return [] }
        return [.init("caution", .text(Self.starsCaution))]
    }

    /// What lists ordered by predicted stars are worth, measured on MovieLens 1M.
    private static let starsCaution =
        "the best predicted stars make poor lists: less than half of the ranking head's nDCG@10 on "
        + "MovieLens 1M (.14 against .38)"

    func predict(
        user token: String, item itemToken: String, time: Int?
    ) throws(WireError) -> Answer {
        let item = try self.item(itemToken)
        let user = servedUser(token)
        var score = ratingScore(item, for: user)
        var shift: Double?
        if let time, let head = serving.timedHead {
            let timed = head.score(of: item, at: Int64(time), profile: user.profile)
            shift = timed - score
            score = timed
        }
        var fields = user.provenance(head: .rating)
        fields.append(.init("item", .text(itemToken)))
        fields.append(.init("title", .text(serving.items[item].title)))
        fields.append(.init("stars", .number(serving.scale.clamp(score))))
        fields.append(.init("score", .number(score)))
        if let head = serving.uncertainHead {
            let deviation = head.deviation(
                of: item, profile: user.profile, with: ratingFoldIn(token, of: user))
            fields +=
                PredictionInterval(score: score, deviation: deviation, scale: serving.scale)
                .fields
        }
        if let shift { fields.append(.init("shift", .number(shift))) }
        if let place = user.profile.position(of: item) {
            fields.append(.init("rated", .number(Double(user.profile.values[place]))))
        }
        return answer(Reply(fields), validity: user.validity)
    }

    func similar(to itemToken: String, count: Int) throws(WireError) -> Reply {
        let item = try self.item(itemToken)
        guard serving.popularity.counts[item.position] > 0 else {
            throw WireError(
                .noRatings,
                "nobody has rated item \(itemToken), so nothing is known of its audience; "
                    + "SHOW item \(itemToken) tells what the catalogue says")
        }
        let similar = similarity.neighbours(of: item, count: count)
        var fields: [Reply.Field] = [
            .init("head", .text(HeadName.ranking.rawValue)), .init("item", .text(itemToken)),
            .init("title", .text(serving.items[item].title)),
        ]
        if similar.count < count {
            let reason = similarity.isUsable ? "catalogue-exhausted" : "model-has-no-factors"
            fields.append(.init("short", .text(reason)))
        }
        return Reply(
            fields, columns: ["rank", "item", "title", "similarity"],
            rows: similar.enumerated().map { place, scored in
                [
                    .integer(place + 1), .text(serving.items[scored.item].id.token),
                    .text(serving.items[scored.item].title), .number(scored.score),
                ]
            })
    }

    /// The rating head's exact score: not limited to the scale, so that explanations add up.
    private func ratingScore(_ item: ItemIndex, for user: ServedUser) -> Double {
        serving.ratingHead.score(of: item, for: user.rating)
    }
}
