// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import Ratings
import Report
import Trust

/// A report on one pinned generation: everything it needs, and no way to touch the engine.
struct ReportWork: Sendable {
    let generation: Generation
    /// What was reported before.
    let known: ReportCache?
    let threads: Int

    /// Measures and writes both forms; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<ReportCache, WireError> {
        if let known, known.hashes == generation.manifest.hashes { return .success(known) }
        do {
            return .success(try made(progress))
        } catch {
            return .failure(WireErrors.training(error))
        }
    }

    private func made(
        _ progress: (Double, String) -> Bool
    ) throws(TrainingError) -> ReportCache {
        guard generation.matrix.count > 0 else { throw .noRatings }
        guard progress(0, "describing the data") else { throw .cancelled }
        var findings = ReportFindings(subject)
        findings.later = try LaterFindings(
            ReportModel.baselines(threads: threads) + [servedModel], matrix: generation.matrix,
            scale: generation.scale, threads: threads, hash: ContentHash.sha256
        ) { progress(0.02 + 0.38 * $0, $1) }
        try measureHeldOut(&findings) { progress(0.4 + 0.5 * $0, $1) }
        guard progress(0.9, "checking explanations") else { throw .cancelled }
        findings.rankingFidelity = fidelity(generation.rankingHead)
        findings.ratingFidelity = fidelity(generation.ratingHead)
        guard progress(0.95, "making lists for made-up tastes") else { throw .cancelled }
        findings.lists = ExampleLists(
            ranking: generation.rankingHead, rating: generation.ratingHead, data: generation.data,
            facts: findings.genres)
        guard progress(0.97, "writing") else { throw .cancelled }
        let document = ReportDocument(findings)
        return ReportCache(
            hashes: generation.manifest.hashes, page: Self.page(document),
            numbers: Self.numbers(document))
    }

    /// Trains on what an audit learns from and measures the rest, as an audit does and more.
    private func measureHeldOut(
        _ findings: inout ReportFindings, _ progress: (Double, String) -> Bool
    ) throws(TrainingError) {
        let evaluation = HeldOutEvaluation(
            generation, share: AuditWork.heldOutShare, threads: threads)
        guard evaluation.test.count > 0 else { return }
        let heads = try evaluation.heads { progress(0.5 * $0, $1) }
        let measurements = try evaluation.measure(heads) { progress(0.5 + 0.1 * $0, $1) }
        findings.heldOut = try HeldOutFindings(
            measurements, heads: (heads.rating, heads.ranking), train: evaluation.train,
            test: evaluation.test, scale: generation.scale, threads: threads,
            hash: ContentHash.sha256
        ) { progress(0.6 + 0.3 * $0, $1) }
        findings.audit = AuditReport(
            measurements, attributes: generation.users.attributes, options: AuditOptions()
        ) { progress(0.9 + 0.1 * $0, "resampling users") }
        guard findings.audit != nil else { throw .cancelled }
    }

    private func fidelity(_ head: any ServableHead) -> ExplanationFidelity {
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
            seed: manifest.training.seed)
    }

    /// The generation's rating model, to be trained again on less.
    private var servedModel: ReportModel {
        let (generation, threads) = (generation, threads)
        let options = generation.manifest.training
        return ReportModel(
            id: "served", title: "Candor (\(options.rating.rawValue))", isServed: true
        ) { matrix, progress throws(TrainingError) in
            try options.rating.train(
                matrix, features: ItemFeatures(generation.items), rating: options.bayesian,
                baseline: options.ratingBaseline, threads: threads, progress: progress)
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
