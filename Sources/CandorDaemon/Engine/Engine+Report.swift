// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// Begins to report on the serving generation in the background.
    func report(_ ticket: Ticket, _ form: ReportForm) throws(WireError) {
        try requireNothingForgotten()
        guard reportJob == nil else {
            throw WireError(.reportRunning, "a report is being made; try again when it has ended")
        }
        let work = ReportWork(
            generation: serving, known: reported, heldOut: heldOut, fidelity: fidelity,
            threads: threads)
        reportJob = run(ticket) { progress in
            let outcome = work.run(progress: progress)
            return { $0.finishReport(ticket, form, of: work.generation, outcome) }
        }
    }

    private func finishReport(
        _ ticket: Ticket, _ form: ReportForm, of generation: Generation,
        _ outcome: ReportWork.Outcome
    ) -> Delivery {
        reportJob?.join()
        reportJob = nil
        // The serving generation is another one of the same number once a user was forgotten.
        if generation === serving {
            if let measured = outcome.heldOut { heldOut = measured }
            if case .success(let made) = outcome.report { reported = made }
        }
        let response = outcome.report.map { $0.reply(form) }
        return .answer(ticket, Answer(response, generation: generation.number))
    }
}
