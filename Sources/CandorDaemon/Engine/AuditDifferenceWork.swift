// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// A comparison of two kept generations on the same held-out ratings of the users of both.
///
/// Both are trained again with their own options on their own data less what is held out: what was
/// measured of either before was on other ratings.
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
        let (first, second) = (try load(numbers.first), try load(numbers.second))
        let groups = AuditSubject.groups(second.users)
        let question = try AuditQuestion(
            request, attributes: groups.attributes, refusals: groups.refusals)
        let common = CommonHeldOut(first, second, share: AuditWork.heldOutShare)
        guard !common.users.isEmpty else {
            throw WireError(
                .notEnoughData,
                "no user has 5 ratings that both generations know; nothing to compare")
        }
        let half = Self.measuringShare / 2
        let old = try subject(first, common.first, common.users.map(\.first), groups: ([], [])) {
            progress(half * $0, "generation \(numbers.first): \($1)")
        }
        let new = try subject(second, common.second, common.users.map(\.second), groups: groups) {
            progress(half + half * $0, "generation \(numbers.second): \($1)")
        }
        let difference = AuditDifference(
            old, new, options: question.options, threads: threads
        ) {
            progress(
                Self.measuringShare + (1 - Self.measuringShare) * $0, "comparing user by user")
        }
        guard let difference else { throw WireErrors.training(.cancelled) }
        return reply(difference, question)
    }

    private func load(_ number: Int) throws(WireError) -> Generation {
        if number == serving.number { return serving }
        do throws(GenerationError) {
            return try store.load(number)
        } catch {
            guard case .missing = error else { throw WireErrors.storage(error) }
            throw WireError(
                .unknownGeneration,
                "generation \(number) is not kept; GENERATIONS lists those that are")
        }
    }

    /// Trains and measures one generation; its measured users stand in the order of `order`.
    private func subject(
        _ generation: Generation, _ part: CommonHeldOut.Part, _ order: [UserIndex],
        groups: (attributes: [AuditAttribute], refusals: [AttributeRefusal]),
        progress: (Double, String) -> Bool
    ) throws(WireError) -> AuditSubject {
        let measured: HeldOutEvaluation.Measured
        do throws(TrainingError) {
            measured = try HeldOutEvaluation(
                generation, train: part.train, test: part.test, threads: threads
            ).measure(progress: progress)
        } catch {
            throw AuditWork.wire(error)
        }
        let all = measured.measurements
        let byUser = Dictionary(uniqueKeysWithValues: all.users.map { ($0.user, $0) })
        return AuditSubject(
            HeldOutMeasurements(
                users: order.compactMap { byUser[$0] }, itemCount: all.itemCount,
                cutoff: all.cutoff, relevanceThreshold: all.relevanceThreshold),
            train: part.train, catalogue: generation.items, attributes: groups.attributes,
            refusals: groups.refusals, heads: [])
    }

    private func reply(_ difference: AuditDifference, _ question: AuditQuestion) -> Reply {
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
            ], columns: Verb.audit.specification.tables[1],
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
