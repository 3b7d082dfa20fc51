// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// An audit of one pinned generation: everything it needs, and no way to touch the engine.
struct AuditWork: Sendable {
    /// The share of every user's ratings that is held out.
    static let heldOutShare = 0.2
    /// Where training and measuring ends and resampling begins on the progress scale.
    private static let measuringShare = 0.6

    let generation: Generation
    let heldOut: HeldOutCache?
    let request: Request.AuditOptions
    let threads: Int

    /// An audit's answer, and what of it is worth keeping.
    struct Outcome: Sendable {
        let response: Result<Reply, WireError>
        let heldOut: HeldOutCache?
    }

    /// Measures and resamples; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Outcome {
        do throws(WireError) {
            let groups = AuditSubject.groups(generation.users)
            let question = try AuditQuestion(
                request, attributes: groups.attributes, refusals: groups.refusals)
            guard question.view != nil else {
                let reply = try BalancedAudit(generation, question, threads: threads)
                    .reply(progress: progress)
                return Outcome(response: .success(reply), heldOut: nil)
            }
            var cache = try measured { progress(Self.measuringShare * $0, $1) }
            let report = try report(question, &cache) {
                progress(Self.measuringShare + (1 - Self.measuringShare) * $0, $1)
            }
            return Outcome(
                response: .success(AuditReply.of(report, question, generation.manifest.training)),
                heldOut: cache)
        } catch {
            return Outcome(response: .failure(error), heldOut: nil)
        }
    }

    /// What was measured before, or is now; `progress` as of `run`.
    func measured(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> HeldOutCache {
        if let heldOut, heldOut.generation === generation { return heldOut }
        let evaluation = HeldOutEvaluation(
            generation, share: Self.heldOutShare, threads: threads)
        do throws(TrainingError) {
            let measured = try evaluation.measure(progress: progress)
            guard !measured.measurements.users.isEmpty else { throw .noRatings }
            return HeldOutCache(
                generation: generation, heads: measured.heads,
                measurements: measured.measurements)
        } catch {
            throw Self.wire(error)
        }
    }

    /// The report that the cache holds, or a new one, which it then holds; `progress` as of `run`.
    func report(
        _ question: AuditQuestion, _ cache: inout HeldOutCache,
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> AuditReport {
        let key = HeldOutCache.ReportKey(options: question.options, pairs: question.pairs)
        if let kept = cache.report, kept.key == key { return kept.report }
        let evaluation = HeldOutEvaluation(
            generation, share: Self.heldOutShare, threads: threads)
        let subject = AuditSubject(
            cache.measurements, train: evaluation.train, catalogue: generation.items,
            users: generation.users, heads: cache.heads.audited)
        let report = AuditReport(
            subject, crossing: question.pairs.map { ($0[0], $0[1]) }, options: question.options,
            threads: threads, progress: progress)
        guard let report else { throw WireErrors.training(.cancelled) }
        cache.report = (key, report)
        return report
    }

    /// A training that cannot begin is data that is too small to hold anything out.
    static func wire(_ error: TrainingError) -> WireError {
        guard case .noRatings = error else { return WireErrors.training(error) }
        return WireError(
            .notEnoughData,
            "no user has the 5 ratings that holding out a fifth needs; nothing to measure")
    }
}
