// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// What differs between two kept generations: data, accuracy, lists and groups.
struct GenerationDifferenceWork: Sendable {
    /// The part of the progress that training and measuring both takes.
    private static let measuringShare = 0.9
    /// The most users whose lists are compared.
    private static let listedUsersMax = 2000
    private static let options = AuditOptions(resamples: 200, seed: 1)

    /// The serving generation, which need not be loaded.
    let serving: Generation
    let store: GenerationStore
    let numbers: (first: Int, second: Int)
    let threads: Int

    /// Loads, trains and compares; `progress` gets 0…1 and a stage, and returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            guard progress(0, "loading generations") else { throw WireErrors.training(.cancelled) }
            let first = try store.generation(numbers.first, serving: serving)
            let second = try store.generation(numbers.second, serving: serving)
            let lists = ListChurn(
                first, second, usersMax: Self.listedUsersMax, threads: threads)
            return .success(
                reply(first, second, lists, try difference(first, second, progress)))
        } catch {
            return .failure(error)
        }
    }

    /// What both are worth on common held-out ratings; nil when they have too little in common.
    private func difference(
        _ first: Generation, _ second: Generation, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> AuditDifference? {
        guard let comparison = GenerationComparison(first, second, threads: threads) else {
            return nil
        }
        let measured: (first: HeldOutMeasurements, second: HeldOutMeasurements)
        do throws(TrainingError) {
            measured = try comparison.measure { progress(Self.measuringShare * $0, $1) }
        } catch {
            throw AuditWork.wire(error)
        }
        let difference = comparison.difference(measured, options: Self.options) {
            progress(
                Self.measuringShare + (1 - Self.measuringShare) * $0, "comparing user by user")
        }
        guard let difference else { throw WireErrors.training(.cancelled) }
        return difference
    }

    private func reply(
        _ first: Generation, _ second: Generation, _ lists: ListChurn,
        _ difference: AuditDifference?
    ) -> Reply {
        var rows = [
            ("users", first.users.count, second.users.count),
            ("items", first.items.count, second.items.count),
            ("ratings", first.matrix.count, second.matrix.count),
        ].map { name, one, two -> [Value] in
            [
                .text("data"), .text("all"), .text("all"), .missing, .text(name),
                .integer(one), .integer(two), .integer(two - one), .missing, .missing,
            ]
        }
        for row in difference?.rows ?? [] where [.rmse, .nDCG].contains(row.metric) {
            rows.append([
                .text(row.attribute == "all" ? "accuracy" : "audit"), .text(row.attribute),
                .text(row.group), .integer(row.users), .text(row.metric.rawValue),
                .number(row.first), .number(row.second), .number(row.difference),
                .number(row.low), .number(row.high),
            ])
        }
        return Reply(
            [
                .init("first_generation", .integer(numbers.first)),
                .init("second_generation", .integer(numbers.second)),
                .init(
                    "same_data", .flag(first.manifest.dataHash == second.manifest.dataHash)),
                .init(
                    "same_options", .flag(first.manifest.training == second.manifest.training)),
                .init(
                    "same_factors",
                    .flag(first.manifest.factorHash == second.manifest.factorHash)),
                .init("lists", .integer(lists.count)),
                .init("lists_changed", .integer(lists.changedCount)),
                .init("churn", lists.churn.map { .number($0) } ?? .missing),
                .init("measured_users", .integer(difference?.users ?? 0)),
                .init("suppressed", .integer(difference?.suppressedGroups ?? 0)),
            ]
                + AuditReply.notes([first, second]), columns: Verb.diff.specification.tables[0],
            rows: rows)
    }
}
