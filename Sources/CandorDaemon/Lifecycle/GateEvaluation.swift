// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Puts a trained generation through the gates, against the one that serves.
struct GateEvaluation {
    let limits: GateLimits
    /// What serves.
    let serving: Generation
    /// What may serve next.
    let next: Generation
    let threads: Int

    /// Measures and judges; `progress` gets 0…1 and a stage, and returns false to cancel.
    ///
    /// Throws `cancelled` alone: what cannot be measured is a finding.
    func verdict(progress: (Double, String) -> Bool) throws(TrainingError) -> GateVerdict {
        var findings: [GateVerdict.Finding] = []
        if limits.needsMeasuring {
            do throws(TrainingError) {
                findings = try measuredFindings(progress)
            } catch {
                if case .cancelled = error { throw error }
                findings = unmeasuredFindings(
                    error == .noRatings
                        ? GenerationComparison.nothingInCommon : error.description)
            }
        }
        return GateVerdict(
            comparedWith: serving.number, findings: findings + countFindings,
            refusesUnmeasured: limits.refusesUnmeasured)
    }

    private func measuredFindings(
        _ progress: (Double, String) -> Bool
    ) throws(TrainingError) -> [GateVerdict.Finding] {
        guard let comparison = GenerationComparison(serving, next, threads: threads) else {
            throw .noRatings
        }
        let (old, new) = try comparison.measure(progress: progress)
        let (before, after) = (HeldOutAccuracy(old.users), HeldOutAccuracy(new.users))
        var findings: [GateVerdict.Finding] = []
        if let share = limits.rmse {
            findings.append(
                .rise(
                    .gateRMSE, before.rmse, after.rmse, growth: share * before.rmse))
        }
        if let share = limits.nDCG {
            if let old = before.nDCG, let new = after.nDCG {
                findings.append(.fall(.gateNDCG, old, new, to: (1 - share) * old))
            } else {
                findings.append(.unmeasured(.gateNDCG, Self.nothingRelevant))
            }
        }
        return findings + gapFindings(old, new, before)
    }

    private func gapFindings(
        _ old: HeldOutMeasurements, _ new: HeldOutMeasurements, _ before: HeldOutAccuracy
    ) -> [GateVerdict.Finding] {
        guard limits.gapRMSE != nil || limits.gapNDCG != nil else { return [] }
        let groups = AuditSubject.groups(next.users).attributes
        let chosen = limits.attribute.map { name in groups.filter { $0.name == name } } ?? groups
        guard !chosen.isEmpty else { return gaps { .unmeasured($0, noAttribute) } }
        return chosen.flatMap { attribute -> [GateVerdict.Finding] in
            let codes = new.users.map { attribute.codes[$0.user.position] }
            guard let one = AccuracyGap(old.users, codes: codes),
                let two = AccuracyGap(new.users, codes: codes)
            else { return gaps { .unmeasured($0, Self.fewUsers, attribute: attribute.name) } }
            var findings: [GateVerdict.Finding] = []
            if let share = limits.gapRMSE {
                findings.append(
                    .rise(
                        .gateGapRMSE, one.rmse, two.rmse, growth: share * before.rmse,
                        attribute: attribute.name))
            }
            if let share = limits.gapNDCG {
                if let first = one.nDCG, let second = two.nDCG, let all = before.nDCG {
                    findings.append(
                        .rise(
                            .gateGapNDCG, first, second, growth: share * all,
                            attribute: attribute.name))
                } else {
                    findings.append(
                        .unmeasured(
                            .gateGapNDCG, Self.nothingRelevant, attribute: attribute.name))
                }
            }
            return findings
        }
    }

    /// What `make` gives for each gap that is gated.
    private func gaps(_ make: (Setting) -> GateVerdict.Finding) -> [GateVerdict.Finding] {
        [(Setting.gateGapRMSE, limits.gapRMSE), (.gateGapNDCG, limits.gapNDCG)]
            .filter { $0.1 != nil }.map { make($0.0) }
    }

    private func unmeasuredFindings(_ reason: String) -> [GateVerdict.Finding] {
        [(Setting.gateRMSE, limits.rmse), (.gateNDCG, limits.nDCG)]
            .filter { $0.1 != nil }.map { .unmeasured($0.0, reason) }
            + gaps { .unmeasured($0, reason) }
    }

    private var countFindings: [GateVerdict.Finding] {
        let ratings = Double(next.matrix.count)
        var findings: [GateVerdict.Finding] = [
            .fall(.gateRatingsMin, nil, ratings, to: Double(limits.ratingsMin)),
            .fall(
                .gateUsersMin, nil, Double(next.matrix.raterCount), to: Double(limits.usersMin)),
        ]
        if let share = limits.dataShare {
            let before = Double(serving.matrix.count)
            findings.append(.fall(.gateDataShare, before, ratings, to: share * before))
        }
        return findings
    }

    private var noAttribute: String {
        guard let name = limits.attribute else {
            return "the data has no user attribute whose groups could be compared"
        }
        return "the data has no user attribute \(name) whose groups could be compared"
    }

    private static let nothingRelevant = "no held-out rating is high enough to count for lists"
    private static let fewUsers =
        "under two groups have \(AccuracyGap.usersMin) users with held-out ratings"
}

extension RatingMatrix {
    /// How many users have ratings.
    fileprivate var raterCount: Int {
        (0..<userCount).count { !byUser.range(ofRow: $0).isEmpty }
    }
}

extension GateVerdict.Finding {
    /// A number that may rise by `growth`.
    fileprivate static func rise(
        _ gate: Setting, _ before: Double, _ after: Double, growth: Double,
        attribute: String? = nil
    ) -> Self {
        let (before, after) = (rounded(before), rounded(after))
        let bound = rounded(before + growth)
        return Self(
            gate: gate.name, attribute: attribute, before: before, after: after, bound: bound,
            outcome: after <= bound ? .passed : .failed, reason: nil)
    }

    /// A number that may fall to `bound`.
    fileprivate static func fall(
        _ gate: Setting, _ before: Double?, _ after: Double, to bound: Double
    ) -> Self {
        let (after, bound) = (rounded(after), rounded(bound))
        return Self(
            gate: gate.name, attribute: nil, before: before.map(rounded), after: after,
            bound: bound, outcome: after >= bound ? .passed : .failed, reason: nil)
    }

    fileprivate static func unmeasured(
        _ gate: Setting, _ reason: String, attribute: String? = nil
    ) -> Self {
        Self(
            gate: gate.name, attribute: attribute, before: nil, after: nil, bound: nil,
            outcome: .unmeasured, reason: reason)
    }

    /// To three decimals, which a group of a hundred users may be published with.
    private static func rounded(_ number: Double) -> Double { (1000 * number).rounded() / 1000 }
}
