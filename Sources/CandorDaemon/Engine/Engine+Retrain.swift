// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Logging
import Ratings
import Trust

extension Engine {
    /// Begins to train the next generation in the background.
    func retrain(_ ticket: Ticket, _ request: Request.RetrainOptions) throws(WireError) {
        try requireNothingForgotten()
        guard retrainJob == nil else {
            throw WireError(.retrainRunning, "a retrain is running; try again when it has ended")
        }
        let options = try serving.manifest.training.changed(by: request)
        if let mitigation = options.mitigation {
            _ = try mitigatedAttribute(mitigation.attribute)
        }
        let work = RetrainWork(
            source: try trainingSource(request.data), journalSequence: appliedSequence,
            options: options,
            threads: request.threads ?? threads, store: store)
        retrainJob = run(ticket) { progress in
            let result = work.run(progress: progress)
            return { $0.finishRetrain(ticket, result) }
        }
        log.info("retrain begins")
    }

    /// Where a retrain takes its ratings from: the data set of a name, else what serves.
    private func trainingSource(_ name: String?) throws(WireError) -> TrainingSource {
        guard let name else { return .serving(serving, overlay) }
        guard let path = configuration.current.text(.retrainData) else {
            throw WireError(
                .noDataDirectory,
                "no directory to read data from is configured; put the data into one, set "
                    + "\(Setting.retrainData.name) to it and RELOAD")
        }
        return .files(
            DataDirectory(path: path), name: name,
            skipBadLines: configuration.current.flag(.skipBadLines), journal,
            journalSequence: appliedSequence)
    }

    /// Serves the new generation, or keeps the old one, on the loop's thread.
    private func finishRetrain(
        _ ticket: Ticket, _ result: Result<Generation, WireError>
    ) -> Delivery {
        retrainJob?.join()
        retrainJob = nil
        retrainProgress = nil
        let response: Result<Reply, WireError>
        do throws(WireError) {
            let next = try result.get()
            try serve(next)
            let hash = next.manifest.factorHash
            log.info("generation \(next.manifest.number) serves, factors \(hash.prefix(12))")
            response = .success(
                Reply(
                    [
                        .init("ratings", .integer(next.manifest.ratingCount)),
                        .init("users", .integer(next.manifest.userCount)),
                        .init("rating_model", .text(next.manifest.training.rating.rawValue)),
                        .init("ranking_model", .text(next.manifest.training.ranking.rawValue)),
                    ] + ModelDescription(next.manifest.training).mitigationFields + [
                        .init("hash", .text(hash))
                    ]))
        } catch {
            log.warning("retrain ended without a new generation: \(error.message)")
            response = .failure(error)
        }
        return .answer(ticket, Answer(response, generation: generation))
    }

    /// Swaps the serving generation; ratings newer than its data are folded in again.
    private func serve(_ next: Generation) throws(WireError) {
        do {
            let later = try journal.entries(after: next.manifest.journalSequence)
            overlay = RatingOverlay(later)
            appliedSequence = later.last?.sequence ?? next.manifest.journalSequence
        } catch {
            throw WireErrors.storage(error)
        }
        install(next)
    }

    /// Serves `next`; everything that was made of another generation goes.
    func install(_ next: Generation) {
        let previous = generation
        serving = next
        similarity = ItemSimilarity(of: next.rankingHead)
        stranger = StrangerSolution(next)
        heldOut = nil
        reported = nil
        traits = nil
        fidelity = store.fidelity(of: next.manifest.number)
        cache.invalidateAll()
        // A user was forgotten when the number is the same: that is told as such.
        guard generation != previous else { return }
        publish(.generation, [.init("previous", .integer(previous))])
    }

    func generations() throws(WireError) -> Reply {
        let listings: [GenerationListing]
        do {
            listings = try store.list()
        } catch {
            throw WireErrors.storage(error)
        }
        return Reply(
            columns: [
                "generation", "status", "created", "users", "items", "ratings", "seed", "hash",
            ], rows: listings.map(row))
    }

    private func row(_ listing: GenerationListing) -> [Value] {
        let status =
            switch listing.status {
            case .serving: "serving"
            case .kept: "kept"
            case .damaged(let reason): "damaged: " + reason
            }
        guard let manifest = listing.manifest else {
            let unknown = [Value](repeating: .missing, count: 6)
            return [.integer(listing.number), .text(status)] + unknown
        }
        let created = CalendarDate(unixSeconds: manifest.createdAtSeconds)
        return [
            .integer(listing.number), .text(status),
            created.map { .text($0.description) } ?? .missing, .integer(manifest.userCount),
            .integer(manifest.itemCount), .integer(manifest.ratingCount),
            .integer(Int(manifest.training.seed)), .text(manifest.factorHash),
        ]
    }
}
