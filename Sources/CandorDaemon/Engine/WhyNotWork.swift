// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// One WHYNOT: everything it needs, and no way to touch the engine.
struct WhyNotWork: Sendable {
    /// Beyond so many different ratings only the scale's ends and quarters are tried.
    private static let valuesMax = 20

    let question: RatingsQuestion
    let item: ItemIndex
    let count: Int
    let top: Int

    /// Searches until done or told to stop.
    func run(shouldGoOn: @escaping () -> Bool) -> Result<Reply, WireError> {
        answer(by: question.model, shouldGoOn).map { .success(reply($0)) }
            ?? .failure(RatingsQuestion.cancelled)
    }

    private func answer(
        by head: some ServableHead, _ shouldGoOn: @escaping () -> Bool
    ) -> WhyNot? {
        let profile = question.user.profile
        return WhyNotSearch(
            of: item, outOf: count, by: head, profile: profile, foldIn: head.foldIn(profile),
            shouldGoOn: shouldGoOn
        ).run(values: values, top: top)
    }

    /// What a rating may be changed to: the values that the data has.
    private var values: [Float] {
        let distinct = question.generation.matrix.byUser.values.distinct
        if (1...Self.valuesMax).contains(distinct.count) { return Array(distinct) }
        let scale = question.generation.scale
        return (0...4).map { scale.minimum + (scale.maximum - scale.minimum) * Float($0) / 4 }
    }

    private func reply(_ answer: WhyNot) -> Reply {
        var fields = question.fields(about: item)
        fields += [
            .init("score", .number(answer.score)), .init("rank", .integer(answer.rank)),
            .init("k", .integer(count)), .init("listed", .flag(answer.isListed)),
        ]
        if !answer.isListed, let last = answer.last {
            let names = question.names(of: last.item)
            fields += [
                .init("gap", .number(last.score - answer.score)), .init("last", names[0]),
                .init("last_title", names[1]),
            ]
        }
        if answer.isRated { fields.append(.init("filter", .text("rated"))) }
        if !answer.isListed, answer.lifts.isEmpty {
            fields.append(.init("short", .text("no-single-change")))
        }
        let pulls = answer.pulls.map { pull -> [Value] in
            [.text("down")] + question.rating(at: pull.position)
                + [.number(pull.share), .number(pull.effect), .missing, .missing, .missing]
        }
        let lifts = answer.lifts.map { lift -> [Value] in
            [.text("lift")] + question.rating(at: lift.position) + [
                .missing, .number(lift.score - answer.score),
                .text(lift.value.map { "rate \($0)" } ?? "remove"), .number(lift.score),
                .integer(lift.rank),
            ]
        }
        return Reply(
            fields,
            columns: [
                "line", "item", "title", "rating", "share", "effect", "change", "score", "rank",
            ], rows: pulls + lifts)
    }
}
