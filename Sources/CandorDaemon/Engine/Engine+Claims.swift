// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    func facts(
        user token: String, item itemToken: String, head: HeadName, form: FactForm, top: Int
    ) throws(WireError) -> Reply {
        let item = try self.item(itemToken)
        let user = servedUser(token)
        let sheet = factSheet(of: item, token, user, head: head, top: top)
        let fields = claimFields(user, head: head, item: item)
        switch form {
        case .text:
            return Reply(
                fields, columns: ["text"],
                rows: PlainText(sheet).sentences.map { [.text($0)] })
        case .claims:
            let evidence = ClaimEvidence(user: token, item: itemToken, head: head, top: top)
            return Reply(
                fields,
                columns: ["id", "subject", "predicate", "value", "unit", "tolerance", "evidence"],
                rows: sheet.claims.map { row($0, evidence) })
        }
    }

    func verify(
        _ text: String, user token: String, item itemToken: String, head: HeadName
    ) throws(WireError) -> Reply {
        let item = try self.item(itemToken)
        let user = servedUser(token)
        let sheet = factSheet(
            of: item, token, user, head: head, top: ExplanationFacts.listedCountDefault)
        let serving = serving
        let checker = ClaimChecker(sheet) { words in
            serving.titles.items(called: words).map { index in
                let item = serving.items[index]
                return CatalogueTitle(token: item.id.token, title: item.title, year: item.year)
            }
        }
        let sentences = checker.check(text)
        var fields = claimFields(user, head: head, item: item)
        for verdict in Verdict.allCases {
            fields.append(
                .init(verdict.rawValue, .integer(sentences.count { $0.verdict == verdict })))
        }
        return Reply(
            fields, columns: ["sentence", "mark", "claims", "text", "note"],
            rows: sentences.enumerated().map { place, sentence in
                [
                    .integer(place + 1), .text(sentence.verdict.rawValue),
                    optional(sentence.claims.joined(separator: ",")), .text(sentence.text),
                    optional(sentence.note),
                ]
            })
    }

    private func claimFields(
        _ user: ServedUser, head: HeadName, item: ItemIndex
    ) -> [Reply.Field] {
        user.provenance(head: head) + [
            .init("item", .text(serving.items[item].id.token)),
            .init("title", .text(serving.items[item].title)),
        ]
    }

    private func row(_ claim: Claim, _ evidence: ClaimEvidence) -> [Value] {
        let value: Value =
            switch claim.value {
            case .whole(let value): .integer(value)
            case .measured(let value): .number(value)
            case .text(let value): .text(value)
            case .truth(let value): .flag(value)
            }
        return [
            .text(claim.id), .text(claim.subject), .text(claim.predicate), value,
            optional(claim.unit), .number(claim.tolerance), .text(evidence.text(claim.evidence)),
        ]
    }

    private func optional(_ text: String) -> Value { text.isEmpty ? .missing : .text(text) }

    private func factSheet(
        of item: ItemIndex, _ token: String, _ user: ServedUser, head: HeadName, top: Int
    ) -> FactSheet {
        let explained = explanationFacts(of: item, token, user, head: head, top: top)
        return FactSheet(
            user: .init(token: token, profile: user.profile, catalogue: serving.items),
            item: .init(item, catalogue: serving.items, matrix: serving.matrix),
            ranking: rankingFacts(of: item, user), rating: ratingFacts(of: item, token, user),
            explanation: explained, scale: serving.scale,
            source: FactSheet.Source(user.source), generation: generation,
            genreNames: serving.genreNames)
    }

    private func rankingFacts(of item: ItemIndex, _ user: ServedUser) -> FactSheet.RankingFacts {
        let candidateCount = serving.items.count - user.profile.count
        guard user.source == .popular else {
            return .init(
                score: serving.rankingHead.score(of: item, for: user.ranking),
                rank: TopK.rank(
                    of: item, serving.rankingHead, user.ranking, excluding: user.profile),
                candidateCount: candidateCount)
        }
        return .init(
            score: Double(serving.popularity.counts[item.position]),
            rank: serving.popularity.order.firstIndex(of: item).map { $0 + 1 },
            candidateCount: candidateCount)
    }

    private func ratingFacts(
        of item: ItemIndex, _ token: String, _ user: ServedUser
    ) -> FactSheet.RatingFacts {
        let score = serving.ratingHead.score(of: item, for: user.rating)
        let uncertainty = serving.uncertainHead.map { head in
            FactSheet.Uncertainty(
                score: score,
                deviation: head.deviation(
                    of: item, profile: user.profile, with: ratingFoldIn(token, of: user)),
                scale: serving.scale)
        }
        return .init(
            score: score, stars: serving.scale.clamp(score), uncertainty: uncertainty,
            own: user.profile.position(of: item).map { user.profile.values[$0] },
            attributes: serving.attributedHead?.knownAttributes(of: user.profile) ?? [])
    }

    private func explanationFacts(
        of item: ItemIndex, _ token: String, _ user: ServedUser, head: HeadName, top: Int
    ) -> ExplanationFacts {
        switch head {
        case .ranking:
            ExplanationFacts(
                of: item, by: serving.rankingHead, named: .ranking, profile: user.profile,
                foldIn: serving.rankingHead.foldIn(user.profile), catalogue: serving.items,
                listedCount: top)
        case .rating:
            ExplanationFacts(
                of: item, by: serving.ratingHead, named: .rating, profile: user.profile,
                foldIn: ratingFoldIn(token, of: user), catalogue: serving.items, listedCount: top)
        }
    }
}

extension FactSheet.Source {
    /// The source of a served user's answers.
    fileprivate init(_ source: ServedUser.Source) {
        self =
            switch source {
            case .personal: .personal
            case .foldedIn: .foldedIn
            case .popular: .popular
            }
    }
}
