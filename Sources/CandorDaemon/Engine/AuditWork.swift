// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// An audit of one pinned generation: everything it needs, and no way to touch the engine.
struct AuditWork: Sendable {
    /// The share of every user's ratings that is held out.
    static let heldOutShare = 0.2
    /// Where measuring ends and resampling begins on the progress scale.
    private static let measuringShare = 0.9

    let generation: Generation
    let heldOut: HeldOutCache?
    let attributes: [UserAttribute]
    let options: AuditOptions
    let threads: Int

    /// An audit's answer, and the measurements worth keeping.
    struct Outcome: Sendable {
        let response: Result<Reply, WireError>
        let heldOut: HeldOutCache?
    }

    /// Measures and resamples; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Outcome {
        do throws(WireError) {
            let measured = try measurements(progress)
            guard !measured.measurements.users.isEmpty else {
                throw WireError(
                    .notEnoughData,
                    "no user has the 5 ratings that holding out a fifth needs; nothing to measure")
            }
            let report = AuditReport(
                measured.measurements, attributes: attributes, options: options
            ) { fraction in
                progress(
                    Self.measuringShare + (1 - Self.measuringShare) * fraction, "resampling users")
            }
            guard let report else { throw Self.cancelled }
            return Outcome(response: .success(Self.reply(report)), heldOut: measured)
        } catch {
            return Outcome(response: .failure(error), heldOut: nil)
        }
    }

    private func measurements(
        _ progress: (Double, String) -> Bool
    ) throws(WireError) -> HeldOutCache {
        if let heldOut, heldOut.generation == generation.manifest.number { return heldOut }
        do {
            let measured = try HeldOutEvaluation(
                generation, share: Self.heldOutShare, threads: threads
            ).measure { fraction, stage in progress(Self.measuringShare * fraction, stage) }
            return HeldOutCache(
                generation: generation.manifest.number, measurements: measured)
        } catch {
            throw WireErrors.training(error)
        }
    }

    private static let cancelled = WireError(.cancelled, "the audit was cancelled")

    private static func reply(_ report: AuditReport) -> Reply {
        Reply(
            [
                .init("users", .integer(report.users)),
                .init("held_out", .number(heldOutShare)),
                .init("resamples", .integer(report.options.resamples)),
                .init("seed", .integer(Int(report.options.seed))),
                .init("interval", .text("95%")),
                .init("suppressed", .integer(report.suppressedGroups)),
            ],
            columns: [
                "attribute", "group", "users", "ratings", "metric", "value", "low", "high",
            ],
            rows: report.entries.map { entry in
                [
                    .text(entry.attribute), .text(entry.group), .integer(entry.users),
                    .integer(entry.ratings), .text(entry.metric.rawValue), .number(entry.value),
                    .number(entry.low), .number(entry.high),
                ]
            })
    }
}
