// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging
import Ratings

extension Engine {
    /// Begins to erase everything that is held of one user, in the background.
    func forget(_ ticket: Ticket, _ token: String) throws(WireError) {
        try requireNothingForgotten()
        let user = servedUser(token)
        guard user.isKnown, let id = UserID(token) else { throw unknownUser(token) }
        try requireNoSwap()
        try requireNoReaders()
        let work = ForgetWork(
            user: id, generation: serving, journal: journal, writer: writer, store: store)
        let job = run(ticket) { progress in
            let result = work.run(progress: progress)
            return { $0.finishForget(ticket, token, result) }
        }
        forgetting = Forgetting(user: id, ratingCount: user.profile.count, job: job)
        log.info("a user is being forgotten")
    }

    /// Throws while something runs that began with the ratings of whoever is to be forgotten.
    private func requireNoReaders() throws(WireError) {
        let running: [(job: BackgroundJob?, code: WireCode, what: String)] = [
            (retrainJob, .retrainRunning, "a retrain is running, which may learn from this user"),
            (auditJob, .auditRunning, "an audit is running, which counts this user's ratings"),
            (reportJob, .reportRunning, "a report is being made, which may show this user"),
            (exportJob, .exportRunning, "an export is running, which may write this user's data"),
            (
                fidelityJob, .limitExceeded,
                "a FIDELITY is running, which trains with this user's ratings"
            ),
        ]
        for (job, code, what) in running where job != nil {
            throw WireError(
                code,
                "\(what); FORGET again when it has ended, or close the connection that began it")
        }
    }

    /// Throws while a user is being forgotten: what begins now could bring the user back.
    func requireNothingForgotten() throws(WireError) {
        guard forgetting == nil else {
            throw WireError(
                .forgetRunning, "a user is being forgotten; try again when that has ended")
        }
    }

    /// Serves without the user, or says why nothing is acknowledged, on the loop's thread.
    private func finishForget(
        _ ticket: Ticket, _ token: String, _ result: Result<ForgetWork.Outcome, WireError>
    ) -> Delivery {
        guard let forgotten = forgetting else {
            preconditionFailure("a user was forgotten whom nobody asked to forget")
        }
        forgotten.job.join()
        forgetting = nil
        let response: Result<Reply, WireError>
        do throws(WireError) {
            let outcome = try result.get()
            // Ratings that came meanwhile are those of a new user.
            overlay.forget(
                forgotten.user,
                keeping: forgotten.later.filter { $0.sequence > outcome.journalSequence }
                    .map { $0.change })
            if let next = outcome.generation { install(next) }
            cache.invalidate(token)
            log.info("a user was forgotten")
            response = .success(outcome.reply(token, ratingCount: forgotten.ratingCount))
        } catch {
            log.error("a user could not be forgotten: \(error.message)")
            response = .failure(error)
        }
        return .answer(ticket, Answer(response, generation: generation))
    }
}
