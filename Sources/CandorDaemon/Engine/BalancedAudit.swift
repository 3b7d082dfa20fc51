// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// An audit of models that had as many users of each group to learn from.
///
/// Ekstrand et al. 2018, §4.4: a gap that goes away when the groups are of equal size comes from who
/// is in the data, not from how the model treats them. Both heads are trained and measured on a
/// random sample that has of each group as many users as the smallest group that may be shown has.
struct BalancedAudit {
    private let generation: Generation
    private let question: AuditQuestion
    private let threads: Int

    /// The part of the progress that training takes.
    private static let trainingShare = 0.7

    init(_ generation: Generation, _ question: AuditQuestion, threads: Int) {
        self.generation = generation
        self.question = question
        self.threads = threads
    }

    /// Trains, measures and resamples; `progress` gets 0…1 and a stage and returns false to cancel.
    func reply(progress: (Double, String) -> Bool) throws(WireError) -> Reply {
        guard let name = question.attribute,
            let attribute = AuditSubject.groups(generation.users).attributes
                .first(where: { $0.name == name })
        else {
            throw WireError(
                .badValue, "section=balanced takes one attribute of the data, for example gender")
        }
        let users = try sample(attribute)
        let others = (0..<generation.users.count).filter { !users.contains($0) }
        let matrix = generation.matrix.replacing(
            Dictionary(uniqueKeysWithValues: others.map { (UserIndex($0), Profile.empty) }),
            userCount: generation.users.count)
        let evaluation = HeldOutEvaluation(
            generation, matrix: matrix, share: AuditWork.heldOutShare, threads: threads)
        let measured: HeldOutEvaluation.Measured
        do throws(TrainingError) {
            measured = try evaluation.measure { progress(Self.trainingShare * $0, $1) }
        } catch {
            throw AuditWork.wire(error)
        }
        let subject = AuditSubject(
            measured.measurements, train: evaluation.train, catalogue: generation.items,
            attributes: [attribute], refusals: [], heads: [])
        let report = AuditReport(
            subject, crossing: [], options: question.options, threads: threads
        ) { progress(Self.trainingShare + (1 - Self.trainingShare) * $0, $1) }
        guard let report else { throw WireErrors.training(.cancelled) }
        return AuditReply.balanced(report, name, generation.manifest.training)
    }

    /// As many users of each group as its smallest one that may be shown has.
    private func sample(_ attribute: AuditAttribute) throws(WireError) -> Set<Int> {
        // Holding out a fifth takes five ratings.
        let measured = (0..<generation.users.count).filter { user in
            generation.matrix.byUser.range(ofRow: user).count >= 5 && attribute.codes[user] >= 0
        }
        let groups = Dictionary(grouping: measured) { attribute.codes[$0] }
        let shown = groups.filter { $0.value.count >= AuditSubject.usersMin }
        guard shown.count >= 2, let size = shown.values.map(\.count).min() else {
            throw WireError(
                .notEnoughData,
                "\(attribute.name) has fewer than two groups of \(AuditSubject.usersMin) users; "
                    + "there is nothing to balance")
        }
        var chosen: Set<Int> = []
        for (code, users) in shown {
            let order = CounterRandom(seed: question.options.seed, stream: UInt64(code))
                .permutation(count: users.count)
            chosen.formUnion(order.prefix(size).map { users[$0] })
        }
        return chosen
    }
}
