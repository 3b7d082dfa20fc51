// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

extension Engine {
    /// Begins an audit of the serving generation in the background.
    func audit(_ ticket: Ticket, _ request: Request.AuditOptions) throws(WireError) {
        try checkAudit(request)
        let work = AuditWork(
            generation: serving, heldOut: heldOut, request: request, threads: threads)
        auditJob = run(ticket) { progress in
            let outcome = work.run(progress: progress)
            return {
                // The serving generation is another one of the same number once a user was forgotten.
                if let measured = outcome.heldOut, work.generation === $0.serving {
                    $0.heldOut = measured
                }
                return $0.finishAudit(ticket, work.generation.number, outcome.response)
            }
        }
    }

    /// Begins to compare two kept generations in the background.
    func auditDifference(
        _ ticket: Ticket, from first: Int, to second: Int, _ request: Request.AuditOptions
    ) throws(WireError) {
        try checkAudit(request)
        guard first != second else {
            throw WireError(
                .badValue, "AUDIT diff compares two generations, and these are the same")
        }
        let work = AuditDifferenceWork(
            serving: serving, store: store, numbers: (first, second), request: request,
            threads: threads)
        auditJob = run(ticket) { progress in
            let response = work.run(progress: progress)
            return { $0.finishAudit(ticket, work.serving.number, response) }
        }
    }

    /// Begins to sweep the strength of a mitigation in the background.
    func auditFrontier(
        _ ticket: Ticket, method name: String, points: Int, _ request: Request.AuditOptions
    ) throws(WireError) {
        guard let method = FrontierMethod(name), let attribute = request.attribute else {
            throw WireError(.internalFailure, "a frontier without method or attribute was let in")
        }
        let groups = try mitigatedAttribute(attribute)
        try requireNoAudit()
        let work = FrontierWork(
            generation: serving, heldOut: heldOut, method: method, name: name, attribute: groups,
            points: points,
            options: AuditOptions(resamples: request.resamples, seed: UInt64(request.seed)),
            threads: threads)
        auditJob = run(ticket) { progress in
            let response = work.run(progress: progress)
            return { $0.finishAudit(ticket, work.generation.number, response) }
        }
    }

    /// Refuses at once what can be refused without measuring anything.
    private func checkAudit(_ request: Request.AuditOptions) throws(WireError) {
        let groups = AuditSubject.groups(serving.users)
        _ = try AuditQuestion(request, attributes: groups.attributes, refusals: groups.refusals)
        try requireNoAudit()
    }

    func requireNoAudit() throws(WireError) {
        try requireNothingForgotten()
        guard auditJob == nil else {
            throw WireError(.auditRunning, "an audit is running; try again when it has ended")
        }
    }

    func finishAudit(
        _ ticket: Ticket, _ number: Int, _ response: Result<Reply, WireError>
    ) -> Delivery {
        auditJob?.join()
        auditJob = nil
        return .answer(ticket, Answer(response, generation: number))
    }
}
