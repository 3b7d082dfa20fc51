// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import Ratings
import Report
import Trust

/// A report on one pinned generation: everything it needs, and no way to touch the engine.
struct ReportWork: Sendable {
    private static let frontierPoints = 6
    /// Fewer than an audit has: each point measures everything anew.
    private static let frontierResamples = 200

    let generation: Generation
    /// What was reported before.
    let known: ReportCache?
    /// What audits have made of the generation.
    let heldOut: HeldOutCache?
    /// What FIDELITY has measured of it.
    let fidelity: Fidelity?
    let threads: Int

    /// A report in both forms, and what of an audit is worth keeping.
    struct Outcome: Sendable {
        let report: Result<ReportCache, WireError>
        let heldOut: HeldOutCache?
    }

    /// Measures and writes both forms; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Outcome {
        if let known, known.key == key {
            return Outcome(report: .success(known), heldOut: nil)
        }
        var cache: HeldOutCache?
        do throws(WireError) {
            let report = try made(&cache, progress)
            return Outcome(report: .success(report), heldOut: cache)
        } catch {
            return Outcome(report: .failure(error), heldOut: cache)
        }
    }

    private var key: ReportCache.Key {
        ReportCache.Key(hashes: generation.manifest.hashes, fidelity: fidelity)
    }

    private func made(
        _ cache: inout HeldOutCache?, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> ReportCache {
        guard generation.matrix.count > 0 else { throw WireErrors.training(.noRatings) }
        guard progress(0, "describing the data") else { throw WireErrors.training(.cancelled) }
        var findings = ReportFindings(subject)
        do throws(TrainingError) {
            findings.later = try LaterFindings(
                ReportModel.baselines(threads: threads) + [servedModel],
                matrix: generation.matrix, scale: generation.scale, threads: threads,
                hash: ContentHash.sha256
            ) { progress(0.02 + 0.38 * $0, $1) }
        } catch {
            throw WireErrors.training(error)
        }
        cache = try measureHeldOut(&findings) { progress(0.4 + 0.5 * $0, $1) }
        guard progress(0.9, "checking explanations") else {
            throw WireErrors.training(.cancelled)
        }
        findings.rankingFidelity = keptWord(generation.rankingHead)
        findings.ratingFidelity = keptWord(generation.ratingHead)
        findings.rankingSlope = fidelity?.ranking
        findings.ratingSlope = fidelity?.rating
        guard progress(0.95, "making lists for made-up tastes") else {
            throw WireErrors.training(.cancelled)
        }
        findings.lists = ExampleLists(
            ranking: generation.rankingHead, rating: generation.ratingHead, data: generation.data,
            facts: findings.genres)
        findings.plain = findings.lists.flatMap {
            PlainExample(
                $0, ranking: generation.rankingHead, rating: generation.ratingHead,
                data: generation.data, facts: findings.genres, generation: generation.number)
        }
        guard progress(0.97, "writing") else { throw WireErrors.training(.cancelled) }
        let document = ReportDocument(findings)
        return ReportCache(
            key: key, page: Self.page(document), numbers: Self.numbers(document))
    }

    /// Audits the generation, or takes what an audit has kept, and measures baselines beside it.
    ///
    /// Nil where nobody has enough ratings to hold any out.
    private func measureHeldOut(
        _ findings: inout ReportFindings, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> HeldOutCache? {
        let evaluation = HeldOutEvaluation(
            generation, share: AuditWork.heldOutShare, threads: threads)
        guard evaluation.test.count > 0 else { return nil }
        let options = AuditOptions()
        let groups = AuditSubject.groups(generation.users)
        let work = AuditWork(
            generation: generation, heldOut: heldOut,
            request: .init(
                attribute: nil, section: AuditView.all.rawValue, resamples: options.resamples,
                seed: Int(options.seed)), threads: threads)
        let question = try AuditQuestion(
            work.request, attributes: groups.attributes, refusals: groups.refusals)
        var cache = try work.measured { progress(0.5 * $0, $1) }
        do throws(TrainingError) {
            findings.heldOut = try HeldOutFindings(
                cache.measurements, heads: (cache.heads.rating, cache.heads.ranking),
                train: evaluation.train, test: evaluation.test, scale: generation.scale,
                threads: threads, hash: ContentHash.sha256
            ) { progress(0.5 + 0.2 * $0, $1) }
        } catch {
            throw WireErrors.training(error)
        }
        findings.audit = try work.report(question, &cache) { progress(0.7 + 0.2 * $0, $1) }
        findings.frontier = try frontier(cache) { progress(0.9 + 0.1 * $0, $1) }
        return cache
    }

    /// A sweep of calibrated lists by the first attribute that has two groups to compare; nil without.
    private func frontier(
        _ cache: HeldOutCache, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> FrontierFindings? {
        let options = AuditOptions(resamples: Self.frontierResamples)
        let users = cache.measurements.users.map(\.user)
        let attribute = AuditSubject.groups(generation.users).attributes.first {
            FrontierUsers(users, of: $0, seed: options.seed) != nil
        }
        guard let attribute else { return nil }
        let work = FrontierWork(
            generation: generation, heldOut: cache, method: .calibrated, name: "calibrated",
            attribute: attribute, points: Self.frontierPoints, options: options, threads: threads)
        let measured = try work.measured(progress)
        return FrontierFindings(
            measured.frontier, attribute: attribute.name, users: measured.users,
            resamples: options.resamples)
    }

    private func keptWord(_ head: any ServableHead) -> ExplanationFidelity {
        func measured(_ head: some ExplainableHead) -> ExplanationFidelity {
            ExplanationFidelity(of: head, matrix: generation.matrix)
        }
        return measured(head)
    }

    private var subject: ReportSubject {
        let manifest = generation.manifest
        let description = ModelDescription(manifest.training)
        return ReportSubject(
            data: generation.data, generation: manifest.number,
            created: CalendarDate(unixSeconds: manifest.createdAtSeconds),
            trainingSeconds: manifest.trainingSeconds, server: ServerName.full,
            dataHash: manifest.dataHash, factorHash: manifest.factorHash,
            options: description.rows.map { ($0.0, Self.text(of: $0.1)) },
            ratingModel: description.ratingSentence, rankingModel: description.rankingSentence,
            seed: manifest.training.seed, inputs: manifest.training.demographics,
            areInputsOfLists: manifest.training.ranking == .rating)
    }

    /// The generation's rating model, to be trained again on less.
    private var servedModel: ReportModel {
        let (generation, threads) = (generation, threads)
        let options = generation.manifest.training
        return ReportModel(
            id: "served", title: "Candor (\(options.rating.rawValue))", isServed: true
        ) { matrix, progress throws(TrainingError) in
            try HeadTrainer.train(
                .rating, matrix, items: generation.items, users: generation.users,
                scale: generation.scale, options: options, threads: threads
            ) { fraction, _ in progress(fraction) }
        }
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .flag(let flag): flag ? "yes" : "no"
        case .missing: "–"
        }
    }

    private static func page(_ document: ReportDocument) -> Reply {
        Reply(
            [
                .init("form", .text(ReportForm.page.rawValue)),
                .init("numbers", .integer(document.numbers.count)),
            ], columns: ["text"],
            rows: HTMLPage(document, hash: ContentHash.sha256).lines.map { [.text($0)] })
    }

    private static func numbers(_ document: ReportDocument) -> Reply {
        Reply(
            [
                .init("form", .text(ReportForm.numbers.rawValue)),
                .init("numbers", .integer(document.numbers.count)),
            ], columns: Verb.reportNumberColumns,
            rows: document.numbers.map { number in
                let source = number.source
                return [
                    .text(number.id), .text(number.meaning),
                    number.value.isFinite ? .number(number.value) : .missing,
                    .text(number.text), .text(source.name), .text(source.data),
                    source.model.map { .text($0) } ?? .missing,
                    source.split.map { .text($0) } ?? .missing,
                    .text(number.provenance(ContentHash.sha256)),
                ]
            })
    }
}
