// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

extension Engine {
    /// Begins to gather everything that is held of one user, in the background.
    func exportUser(_ ticket: Ticket, _ token: String, from first: Int) throws(WireError) {
        let user = servedUser(token)
        guard user.isKnown, let id = UserID(token) else { throw unknownUser(token) }
        let work = UserExportWork(
            user: id, source: user.source.rawValue, generation: serving, overlay: overlay,
            journalSequence: appliedSequence, journal: journal, store: store, first: first)
        let number = generation
        try export(ticket) { progress in
            Answer(work.run(progress: progress), generation: number)
        }
    }

    /// Begins to write out the parameters of one score, in the background.
    func exportExplanation(
        _ ticket: Ticket, user token: String, item: String, head: HeadName
    ) throws(WireError) {
        let work = ExplanationExportWork(
            question: RatingsQuestion(
                generation: serving, user: try explainableUser(token, by: head), head: head),
            item: try self.item(item))
        let number = generation
        try export(ticket) { progress in
            Answer(work.run(progress: progress), generation: number)
        }
    }

    /// Begins to write Parquet files into the state directory, in the background.
    func exportParquet(
        _ ticket: Ticket, _ options: Request.ParquetOptions
    ) throws(WireError) {
        let work = ParquetExportWork(
            export: ParquetExport(
                serving, overlay: overlay, listLength: options.listLength,
                predictionCount: options.predictionCount, threads: threads),
            tables: options.table.map { [$0] } ?? ExportTable.allCases,
            folder: store.directory.exportsPath)
        let number = generation
        try export(ticket) { progress in
            Answer(work.run(progress: progress), generation: number)
        }
    }

    /// Runs `work` as the one export of the moment and answers with what it returns.
    func export(
        _ ticket: Ticket,
        _ work: @escaping @Sendable (_ progress: (Double, String) -> Bool) -> Answer
    ) throws(WireError) {
        try requireNothingForgotten()
        guard exportJob == nil else {
            throw WireError(.exportRunning, "an export is running; try again when it has ended")
        }
        exportJob = run(ticket) { progress in
            let answer = work(progress)
            return { $0.finishExport(ticket, answer) }
        }
    }

    private func finishExport(_ ticket: Ticket, _ answer: Answer) -> Delivery {
        exportJob?.join()
        exportJob = nil
        return .answer(ticket, answer)
    }
}
