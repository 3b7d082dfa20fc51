// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    /// Begins an audit of the serving generation in the background.
    func audit(
        _ ticket: Ticket, attribute: String?, resamples: Int, seed: Int
    ) throws(WireError) {
        let attributes = try auditedAttributes(attribute)
        guard auditJob == nil else {
            throw WireError(.auditRunning, "an audit is running; try again when it has ended")
        }
        let work = AuditWork(
            generation: serving, heldOut: heldOut, attributes: attributes,
            options: AuditOptions(resamples: resamples, seed: UInt64(seed)), threads: threads)
        auditJob = run(ticket) { progress in
            let outcome = work.run(progress: progress)
            return { $0.finishAudit(ticket, work.generation, outcome) }
        }
    }

    private func finishAudit(
        _ ticket: Ticket, _ audited: Generation, _ outcome: AuditWork.Outcome
    ) -> Delivery {
        auditJob?.join()
        auditJob = nil
        // The serving generation is another one of the same number once a user was forgotten.
        if let measured = outcome.heldOut, audited === serving { heldOut = measured }
        return .answer(ticket, Answer(outcome.response, generation: audited.number))
    }

    private func auditedAttributes(_ name: String?) throws(WireError) -> [UserAttribute] {
        guard let name else { return serving.users.attributes }
        guard let attribute = serving.users.attribute(named: name.lowercased()) else {
            let known = serving.users.attributes.map(\.name)
            throw WireError(
                .unknownAttribute,
                known.isEmpty
                    ? "the data has no user attributes; AUDIT without by= measures all users"
                    : "no user attribute is called \(name); the data has "
                        + known.joined(separator: ", "))
        }
        return [attribute]
    }
}
