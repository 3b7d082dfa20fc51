// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    /// The groups of a user attribute that something is to be done about; at least two have ratings.
    ///
    /// Users who came with ratings since the training have no attributes, so the data's own count.
    func mitigatedAttribute(_ name: String) throws(WireError) -> AuditAttribute {
        let known = AuditSubject.groups(serving.users)
        let name = name.lowercased()
        if let refusal = known.refusals.first(where: { $0.attribute == name }) {
            throw WireError(.unknownAttribute, refusal.description)
        }
        guard let attribute = known.attributes.first(where: { $0.name == name }) else {
            let names = known.attributes.map(\.name)
            throw WireError(
                .unknownAttribute,
                names.isEmpty
                    ? "the data has no user attributes; there are no groups to treat alike"
                    : "no user attribute is called \(name); the data has "
                        + names.joined(separator: ", "))
        }
        let groups = Set(
            attribute.codes.enumerated().filter { user, code in
                code >= 0 && !serving.matrix.byUser.range(ofRow: user).isEmpty
            }.map(\.element))
        guard groups.count >= 2 else {
            throw WireError(
                .notEnoughData,
                "only \(groups.count) of the groups of \(attribute.name) has ratings; there is "
                    + "no difference to mitigate")
        }
        return attribute
    }

    /// The list of a RECOMMEND that asks for more than the order of scores.
    func mitigatedList(
        _ token: String, _ user: ServedUser, count: Int, rank: HeadName,
        _ mitigation: ListMitigation
    ) throws(WireError) -> MitigatedList {
        let traits = catalogueTraits()
        if user.source == .popular, mitigation.novelty != nil || mitigation.calibration != nil {
            throw WireError(
                .noHistory,
                "user \(token) has no ratings: there is no taste to calibrate to or to weigh against "
                    + "novelty; leave calibrated= and novelty= out, or RATE something first")
        }
        var floors: [ExposureFloor] = []
        for floor in mitigation.floors { floors.append(try self.floor(floor, count, traits)) }
        do {
            return try MitigatedList(
                scores: allScores(user, rank: rank), excluding: user.profile, count: count,
                novelty: mitigation.novelty ?? 0,
                calibration: try calibration(token, user, mitigation.calibration, traits),
                floors: floors, traits: traits)
        } catch let error as MitigationError {
            throw WireError(.noCandidates, error.description + "; ask for less, or a longer list")
        } catch let error as WireError {
            throw error
        } catch {
            throw WireError(.internalFailure, "the list could not be made: \(error)")
        }
    }

    /// What the explanation of an item's place in a mitigated list adds to that of its score.
    func adjusted(
        _ explanation: Explanation, of item: ItemIndex, _ token: String, _ user: ServedUser,
        head: HeadName, _ list: Request.ExplainedList
    ) throws(WireError) -> (explanation: Explanation, fields: [Reply.Field]) {
        let mitigated = try mitigatedList(
            token, user, count: list.count, rank: head, list.mitigation)
        if list.mitigation.novelty ?? 0 > 0, serving.popularity.counts[item.position] == 0 {
            throw WireError(
                .noRatings,
                "nobody has rated item \(serving.items[item].id.token), so that novelty= leaves it "
                    + "out of lists; explain it without")
        }
        let adjustments = mitigated.adjustments(of: item, genres: catalogueTraits().genres)
            .map { BaseTerm(name: $0.name, amount: $0.amount) }
        let place = mitigated.entries.firstIndex { $0.item == item }
        let score =
            place.map { mitigated.entries[$0].score }
            ?? adjustments.reduce(explanation.score) { $0 + $1.amount }
        return (
            explanation.adjusted(by: adjustments, to: score),
            [
                .init("k", .integer(mitigated.entries.count)),
                .init("rank", place.map { .integer($0 + 1) } ?? .missing),
                .init("before", place.map { .integer(mitigated.entries[$0].before) } ?? .missing),
            ]
        )
    }

    /// What lists need to know of the serving generation's items, worked out when first asked for.
    func catalogueTraits() -> CatalogueTraits {
        if let traits { return traits }
        let made = CatalogueTraits(serving.items, serving.matrix, serving.popularity)
        traits = made
        return made
    }

    /// The score of every item; what is popular for somebody without ratings.
    private func allScores(_ user: ServedUser, rank: HeadName) -> [Double] {
        if user.source == .popular, rank == .ranking {
            return serving.popularity.counts.map(Double.init)
        }
        return switch rank {
        case .ranking: serving.rankingHead.scores(for: user.ranking)
        case .rating: serving.ratingHead.scores(for: user.rating)
        }
    }

    private func calibration(
        _ token: String, _ user: ServedUser, _ strength: Double?, _ traits: CatalogueTraits
    ) throws(WireError) -> GenreCalibration? {
        guard let strength else { return nil }
        guard !traits.genres.shares.names.isEmpty else {
            throw WireError(
                .notEnoughData, "the data has no genres to calibrate to; leave calibrated= out")
        }
        guard
            let target = traits.genres.mix(
                of: user.profile, likedFrom: serving.scale.relevanceThreshold)
        else {
            throw WireError(
                .noHistory,
                "nothing that user \(token) likes has a genre to calibrate to; leave calibrated= out"
            )
        }
        return GenreCalibration(target: target, strength: strength)
    }

    private func floor(
        _ floor: ListFloor, _ count: Int, _ traits: CatalogueTraits
    ) throws(WireError) -> ExposureFloor {
        let members: [Bool]
        switch floor.kind {
        case .tail: members = traits.tail.contains
        case .decade(let year): members = traits.decades.map { $0 == year }
        case .genre(let name):
            let genres = traits.genres
            guard
                let genre = genres.shares.names.firstIndex(where: {
                    $0.lowercased() == name.lowercased()
                })
            else { throw unknownGenre(name, genres.shares.names) }
            members = genres.setOfItem.map { genres.sets[Int($0)].contains(genre) }
        }
        return ExposureFloor(
            name: floor.text, members: members, minimum: floor.minimum(of: count))
    }

    private func unknownGenre(_ name: String, _ known: [String]) -> WireError {
        guard !known.isEmpty else {
            return WireError(
                .badValue,
                "the data has no genres; a floor is of the tail or of a decade like 1970s")
        }
        let near = Nearest.match(for: name, among: known).map { "; did you mean \($0)?" } ?? ""
        return WireError(
            .badValue,
            "no genre is called \(name)\(near.isEmpty ? ";" : near) a floor is of the tail, of a decade like 1970s or of "
                + "one of " + known.joined(separator: ", "))
    }
}
