// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    /// Begins to compare two kept generations in the background.
    func difference(_ ticket: Ticket, _ first: Int, _ second: Int) throws(WireError) {
        try requireNoAudit()
        guard first != second else {
            throw WireError(.badValue, "DIFF compares two generations, and these are the same")
        }
        let work = GenerationDifferenceWork(
            serving: serving, store: store, numbers: (first, second), threads: threads)
        auditJob = run(ticket) { progress in
            let response = work.run(progress: progress)
            return { $0.finishAudit(ticket, work.serving.number, response) }
        }
    }

    /// Begins to train a kept generation again in the background; it counts as a retrain.
    func reproduce(_ ticket: Ticket, _ number: Int) throws(WireError) {
        try requireNoTraining()
        let work = ReproductionWork(
            number: number, serving: serving, store: store, threads: threads)
        retrainJob = run(ticket) { progress in
            let response = work.run(progress: progress)
            return { engine in
                engine.retrainJob?.join()
                engine.retrainJob = nil
                engine.retrainProgress = nil
                return .answer(ticket, Answer(response, generation: work.serving.number))
            }
        }
    }
}
