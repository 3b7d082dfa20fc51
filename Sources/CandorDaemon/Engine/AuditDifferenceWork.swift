// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// A comparison of two kept generations on the same held-out ratings of the users of both; see
/// `GenerationComparison`.
struct AuditDifferenceWork: Sendable {
    /// The part of the progress that training and measuring both takes.
    private static let measuringShare = 0.9

    /// The serving generation, which need not be loaded.
    let serving: Generation
    let store: GenerationStore
    let numbers: (first: Int, second: Int)
    let request: Request.AuditOptions
    let threads: Int

    /// Loads, trains and compares; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            return .success(try reply(progress))
        } catch {
            return .failure(error)
        }
    }

    private func reply(_ progress: (Double, String) -> Bool) throws(WireError) -> Reply {
        guard progress(0, "loading generations") else { throw WireErrors.training(.cancelled) }
        let first = try store.generation(numbers.first, serving: serving)
        let second = try store.generation(numbers.second, serving: serving)
        let groups = AuditSubject.groups(second.users)
        let question = try AuditQuestion(
            request, attributes: groups.attributes, refusals: groups.refusals)
        guard let comparison = GenerationComparison(first, second, threads: threads) else {
            throw WireError(.notEnoughData, GenerationComparison.nothingInCommon)
        }
        let measured: (first: HeldOutMeasurements, second: HeldOutMeasurements)
        do throws(TrainingError) {
            measured = try comparison.measure { progress(Self.measuringShare * $0, $1) }
        } catch {
            throw AuditWork.wire(error)
        }
        let difference = comparison.difference(measured, options: question.options) {
            progress(
                Self.measuringShare + (1 - Self.measuringShare) * $0, "comparing user by user")
        }
        guard let difference else { throw WireErrors.training(.cancelled) }
        return reply(difference, question, [first, second])
    }

    private func reply(
        _ difference: AuditDifference, _ question: AuditQuestion,
        _ generations: [Generation]
    ) -> Reply {
        let rows = difference.rows.filter { row in
            question.attribute == nil || row.attribute == "all"
                || row.attribute == question.attribute
        }
        func size(_ family: AuditRow.Family) -> Int {
            difference.exactRows.count { $0.family == family }
        }
        return Reply(
            [
                .init("first_generation", .integer(numbers.first)),
                .init("second_generation", .integer(numbers.second)),
                .init("users", .integer(difference.users)),
                .init("held_out", .number(AuditWork.heldOutShare)),
                .init("resamples", .integer(question.options.resamples)),
                .init("seed", .integer(Int(question.options.seed))),
                .init("interval", .text("95%")),
                .init("suppressed", .integer(difference.suppressedGroups)),
                .init("confirmatory_tests", .integer(size(.confirmatory))),
                .init("exploratory_tests", .integer(size(.exploratory))),
            ]
                + AuditReply.notes(generations), columns: Verb.audit.specification.tables[1],
            rows: rows.map { row in
                [
                    .text(row.attribute), .text(row.group), .integer(row.users),
                    .integer(row.ratings), .text(row.metric.rawValue), .number(row.first),
                    .number(row.second), .number(row.difference), .number(row.low),
                    .number(row.high), .number(row.p), .number(row.adjustedP),
                    .text(row.family.rawValue), AuditReply.finding(row.isSignificant),
                ]
            })
    }
}
