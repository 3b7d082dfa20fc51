// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// One FLIP: everything it needs, and no way to touch the engine.
struct FlipWork: Sendable {
    let question: RatingsQuestion
    /// What is to leave the list; nil for whatever is first.
    let item: ItemIndex?
    /// The list's length.
    let count: Int

    /// Searches until done or told to stop.
    func run(shouldGoOn: @escaping () -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            return .success(try reply(by: question.model, shouldGoOn))
        } catch {
            return .failure(error)
        }
    }

    private func reply(
        by head: some ServableHead, _ shouldGoOn: @escaping () -> Bool
    ) throws(WireError) -> Reply {
        let profile = question.user.profile
        let foldIn = head.foldIn(profile)
        let list = TopK.select(head, foldIn.vector, count: count, excluding: profile)
        guard let first = list.first else {
            throw WireError(
                .noCandidates, "the user has rated every item of the catalogue; no list is left")
        }
        let target = item ?? first.item
        var fields = question.fields(about: target)
        fields.append(.init("k", .integer(count)))
        guard let place = list.firstIndex(where: { $0.item == target }) else {
            let isRated = profile.position(of: target) != nil
            fields.append(.init("rank", .missing))
            fields.append(.init("size", .integer(0)))
            fields.append(.init("short", .text(isRated ? "rated" : "not-listed")))
            return Reply(fields, columns: Self.columns, rows: [])
        }
        fields.append(.init("rank", .integer(place + 1)))
        let search = FlipSearch(
            of: target, from: count, by: head, profile: profile, foldIn: foldIn,
            shouldGoOn: shouldGoOn)
        switch search.run() {
        case .cancelled: throw RatingsQuestion.cancelled
        case .none(let certified):
            fields.append(.init("size", .missing))
            fields.append(.init("ruled_out", .integer(certified)))
            fields.append(
                .init("short", .text("none-within-\(Flip.removedMax)")))
            return Reply(fields, columns: Self.columns, rows: [])
        case .found(let flip):
            fields += self.fields(of: flip, target, before: list, by: head)
            return Reply(
                fields, columns: Self.columns,
                rows: rows(of: flip, target, by: head, foldIn: foldIn))
        }
    }

    static let columns = ["item", "title", "rating", "share", "effect"]

    private func fields(
        of flip: Flip, _ target: ItemIndex, before: [ScoredItem], by head: some ServableHead
    ) -> [Reply.Field] {
        let profile = question.user.profile
        let vector = head.foldIn(profile.without(flip.removed)).vector
        let rank = TopK.rank(of: target, head, vector, excluding: profile)
        let instead = flip.list.first { new in !before.contains { $0.item == new.item } }
        let names = instead.map { question.names(of: $0.item) } ?? [.missing, .missing]
        return [
            .init("size", .integer(flip.removed.count)),
            .init("minimal", .text(flip.minimality.rawValue)),
            .init("new_rank", rank.map { .integer($0) } ?? .missing), .init("instead", names[0]),
            .init("instead_title", names[1]),
        ]
    }

    private func rows(
        of flip: Flip, _ target: ItemIndex, by head: some ServableHead, foldIn: FoldIn
    ) -> [[Value]] {
        let profile = question.user.profile
        let shares = head.shares(of: profile, to: target, with: foldIn).ratings
        let counterfactuals = head.counterfactuals(of: profile, with: foldIn)
        let score = head.score(of: target, for: foldIn.vector)
        return flip.removed.map { position in
            return question.rating(at: position) + [
                .number(shares[position]),
                .number(counterfactuals.score(of: target, without: [position]) - score),
            ]
        }
    }
}
