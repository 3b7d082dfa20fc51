// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Two generations to be measured on the same held-out ratings of the users of both.
///
/// Both are trained again with their own options on their own data less what is held out: what was
/// measured of either before was on other ratings, and the served factors have seen these.
struct GenerationComparison {
    /// The older generation.
    let first: Generation
    /// The newer one.
    let second: Generation
    /// What is held out from both.
    let common: CommonHeldOut
    let threads: Int

    /// Draws what is held out; nil when no user has 5 ratings that both generations know.
    init?(_ first: Generation, _ second: Generation, threads: Int) {
        common = CommonHeldOut(first, second, share: AuditWork.heldOutShare)
        guard !common.users.isEmpty else { return nil }
        self.first = first
        self.second = second
        self.threads = threads
    }

    /// Why there is nothing to compare.
    static let nothingInCommon =
        "no user has 5 ratings that both generations know; nothing to compare"

    /// Trains and measures both; the measured users are the same people in the same order.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    func measure(
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> (first: HeldOutMeasurements, second: HeldOutMeasurements) {
        let old = try measure(first, common.first, common.users.map(\.first)) {
            progress(0.5 * $0, "generation \(first.number): \($1)")
        }
        let new = try measure(second, common.second, common.users.map(\.second)) {
            progress(0.5 + 0.5 * $0, "generation \(second.number): \($1)")
        }
        return (old, new)
    }

    private func measure(
        _ generation: Generation, _ part: CommonHeldOut.Part, _ order: [UserIndex],
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> HeldOutMeasurements {
        let all = try HeldOutEvaluation(
            generation, train: part.train, test: part.test, threads: threads
        ).measure(progress: progress).measurements
        let byUser = Dictionary(uniqueKeysWithValues: all.users.map { ($0.user, $0) })
        return HeldOutMeasurements(
            users: order.compactMap { byUser[$0] }, itemCount: all.itemCount, cutoff: all.cutoff,
            relevanceThreshold: all.relevanceThreshold)
    }

    /// Compares what was measured, user by user, by the groups of the newer generation.
    ///
    /// As `AuditDifference`; nil when `progress`, which gets 0…1, cancels.
    func difference(
        _ measured: (first: HeldOutMeasurements, second: HeldOutMeasurements),
        options: AuditOptions, progress: (Double) -> Bool
    ) -> AuditDifference? {
        let groups = AuditSubject.groups(second.users)
        return AuditDifference(
            AuditSubject(
                measured.first, train: common.first.train, catalogue: first.items,
                attributes: [], refusals: [], heads: []),
            AuditSubject(
                measured.second, train: common.second.train, catalogue: second.items,
                attributes: groups.attributes, refusals: groups.refusals, heads: []),
            options: options, threads: threads, progress: progress)
    }
}
