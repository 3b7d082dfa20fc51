// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// Begins to report on the serving generation in the background.
    func report(_ ticket: Ticket, _ form: ReportForm) throws(WireError) {
        guard reportJob == nil else {
            throw WireError(.reportRunning, "a report is being made; try again when it has ended")
        }
        let work = ReportWork(generation: serving, known: reported, threads: threads)
        reportJob = run(ticket) { progress in
            let outcome = work.run(progress: progress)
            return { $0.finishReport(ticket, form, work.generation.number, outcome) }
        }
    }

    private func finishReport(
        _ ticket: Ticket, _ form: ReportForm, _ number: Int,
        _ outcome: Result<ReportCache, WireError>
    ) -> Delivery {
        reportJob?.join()
        reportJob = nil
        if case .success(let made) = outcome, made.hashes == serving.manifest.hashes {
            reported = made
        }
        let response = outcome.map { $0.reply(form) }
        return .answer(ticket, Answer(response, generation: number))
    }
}
