// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// A frontier of one pinned generation: everything it needs, and no way to touch the engine.
struct FrontierWork: Sendable {
    /// Where training and measuring end and resampling begins on the progress scale.
    private static let measuringShare = 0.8

    let generation: Generation
    /// What audits have made of the generation, which stands for plain training.
    let heldOut: HeldOutCache?
    let method: FrontierMethod
    /// The method's name, as it was asked for.
    let name: String
    let attribute: AuditAttribute
    /// How many strengths, plain training included.
    let points: Int
    let options: AuditOptions
    let threads: Int

    /// Trains, measures and resamples; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            let (frontier, users) = try measured(progress)
            return .success(reply(frontier, users: users))
        } catch {
            return .failure(error)
        }
    }

    /// The frontier and the number of users measured; `progress` as of `run`.
    func measured(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> (frontier: MitigationFrontier, users: Int) {
        let samples = try samples { progress(Self.measuringShare * $0, $1) }
        let users = try self.users(samples[0].measurements)
        let frontier = MitigationFrontier(
            samples, target: method.target, users: users,
            isTail: LongTail(generation.popularity).contains, scale: generation.scale,
            options: options, threads: threads
        ) { fraction in
            progress(
                Self.measuringShare + (1 - Self.measuringShare) * fraction, "resampling users")
        }
        guard let frontier else { throw WireErrors.training(.cancelled) }
        return (frontier, users.groups.count)
    }

    private func samples(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> [FrontierSample] {
        let evaluation = HeldOutEvaluation(
            generation, share: AuditWork.heldOutShare, threads: threads)
        do {
            switch method {
            case .training(let method):
                return try trained(method, evaluation, progress)
            case .calibrated, .novelty:
                return try reranked(evaluation, progress)
            }
        } catch let error as TrainingError {
            throw WireErrors.training(error)
        } catch let error as WireError {
            throw error
        } catch {
            throw WireError(.internalFailure, "the frontier failed: \(error)")
        }
    }

    /// A model for each strength.
    private func trained(
        _ method: TrainingMitigation.Method, _ evaluation: HeldOutEvaluation,
        _ progress: (Double, String) -> Bool
    ) throws -> [FrontierSample] {
        var samples: [FrontierSample] = []
        for (place, strength) in self.method.sweep(points).enumerated() {
            let mitigation =
                place == 0
                ? nil
                : TrainingMitigation(method, attribute: attribute.name, strength: strength)
            samples.append(
                try sample(evaluation, mitigation) { fraction, stage in
                    progress(
                        (Double(place) + fraction) / Double(points),
                        "point \(place + 1) of \(points): \(stage)")
                })
        }
        return samples
    }

    private func sample(
        _ evaluation: HeldOutEvaluation, _ mitigation: TrainingMitigation?,
        _ progress: (Double, String) -> Bool
    ) throws -> FrontierSample {
        try measured(evaluation, mitigation, progress).sample
    }

    /// One model, measured.
    private func measured(
        _ evaluation: HeldOutEvaluation, _ mitigation: TrainingMitigation?,
        _ progress: (Double, String) -> Bool
    ) throws -> (sample: FrontierSample, heads: HeadTrainer.Heads) {
        let (heads, measurements) = try trained(evaluation, mitigation, progress)
        guard !measurements.users.isEmpty else {
            throw WireError(
                .notEnoughData,
                "no user has the 5 ratings that holding out a fifth needs; nothing to measure")
        }
        let users = try users(measurements)
        guard progress(0.9, "measuring vectors") else { throw TrainingError.cancelled }
        let sample = FrontierSample(
            strength: mitigation?.strength ?? 0, measurements: measurements,
            rating: heads.rating, train: evaluation.train, members: users,
            genres: GenreMix(generation.items), threads: threads)
        return (sample, heads)
    }

    /// One model and its measurements; what an audit has made of plain training is not made again.
    private func trained(
        _ evaluation: HeldOutEvaluation, _ mitigation: TrainingMitigation?,
        _ progress: (Double, String) -> Bool
    ) throws -> (HeadTrainer.Heads, HeldOutMeasurements) {
        var options = generation.manifest.training
        if let heldOut, heldOut.generation === generation, options.mitigation == mitigation {
            return (heldOut.heads, heldOut.measurements)
        }
        options.mitigation = mitigation
        let heads = try evaluation.heads(options: options) { progress(0.8 * $0, $1) }
        return (heads, try evaluation.measure(heads) { progress(0.8 + 0.1 * $0, $1) })
    }

    /// One model, and its lists re-ranked for each strength.
    private func reranked(
        _ evaluation: HeldOutEvaluation, _ progress: (Double, String) -> Bool
    ) throws -> [FrontierSample] {
        let plain = try measured(evaluation, nil) { progress(0.5 * $0, $1) }
        let traits = CatalogueTraits(
            generation.items, evaluation.train, Popularity(evaluation.train))
        let strengths = method.sweep(points)
        var samples = [plain.sample]
        for (place, strength) in strengths.enumerated().dropFirst() {
            let done = 0.5 + 0.5 * Double(place - 1) / Double(points - 1)
            guard progress(done, "ranking again, \(place) of \(points - 1)") else {
                throw TrainingError.cancelled
            }
            samples.append(
                plain.sample.replacing(
                    lists: lists(
                        plain.heads.ranking, plain.sample.measurements, evaluation.train, strength,
                        traits),
                    strength: strength, train: evaluation.train, genres: traits.genres))
        }
        return samples
    }

    private func lists(
        _ head: some LinearHead, _ measurements: HeldOutMeasurements, _ train: RatingMatrix,
        _ strength: Double, _ traits: CatalogueTraits
    ) -> [[ItemIndex]] {
        let threshold = measurements.relevanceThreshold
        let users = measurements.users
        return Parallel.map(count: users.count, chunk: 16, threads: threads) { place in
            let profile = train.profile(of: users[place].user)
            let calibration =
                method == .calibrated
                ? traits.genres.mix(of: profile, likedFrom: threshold)
                    .map { GenreCalibration(target: $0, strength: strength) } : nil
            do throws(MitigationError) {
                return try MitigatedList(
                    scores: head.scores(for: head.foldIn(profile).vector), excluding: profile,
                    count: measurements.cutoff,
                    novelty: method == .novelty ? strength : 0, calibration: calibration,
                    floors: [], traits: traits
                ).entries.map(\.item)
            } catch {
                // Because only floors can be impossible, and there are none.
                preconditionFailure("a list without floors failed: \(error)")
            }
        }
    }

    private func users(_ measurements: HeldOutMeasurements) throws(WireError) -> FrontierUsers {
        guard
            let users = FrontierUsers(
                measurements.users.map(\.user), of: attribute, seed: options.seed)
        else {
            throw WireError(
                .notEnoughData,
                "fewer than two groups of \(attribute.name) have enough users with held-out ratings "
                    + "to be shown; there is no difference to measure")
        }
        return users
    }

    private func reply(_ frontier: MitigationFrontier, users: Int) -> Reply {
        let chosen = frontier.points.first { $0.status == .chosen }
        return Reply(
            [
                .init("method", .text(name)), .init("attribute", .text(attribute.name)),
                .init("target", .text(frontier.target.rawValue)),
                .init("chosen", chosen.map { .number($0.strength) } ?? .missing),
                .init("users", .integer(users)),
                .init("rating_model", .text(generation.manifest.training.rating.rawValue)),
                .init("held_out", .number(AuditWork.heldOutShare)),
                .init("resamples", .integer(options.resamples)),
                .init("seed", .integer(Int(options.seed))), .init("interval", .text("95%")),
            ] + AuditReply.notes(generation.manifest.training),
            columns: Verb.audit.specification.tables[2],
            rows: frontier.points.flatMap(rows))
    }

    private func rows(_ point: FrontierPoint) -> [[Value]] {
        func cells(_ estimate: FrontierPoint.Estimate) -> [Value] {
            [estimate.value, estimate.low, estimate.high].map {
                $0.isFinite ? .number($0) : .missing
            }
        }
        return point.figures.map { figure in
            [
                .number(point.strength), .text(point.status.rawValue), .flag(point.levelsDown),
                .text(figure.measure.rawValue),
            ] + cells(figure.level) + cells(figure.change)
        }
    }
}
