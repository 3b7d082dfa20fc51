// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

/// A retrain from one pinned generation and the ratings since: everything it needs, and no way to
/// touch the engine.
struct RetrainWork: Sendable {
    /// Where training ends and saving begins on the progress scale.
    private static let trainingShare = 0.97

    let source: TrainingSource
    /// The last journal entry that the ratings to train on hold.
    let journalSequence: Int64
    let options: TrainingOptions
    let threads: Int
    let store: GenerationStore

    /// Trains and saves the next generation; nothing is published unless all of it succeeds.
    func run(progress: (Double, String) -> Bool) -> Result<Generation, WireError> {
        do throws(WireError) {
            return .success(try train(progress))
        } catch {
            return .failure(error)
        }
    }

    private func train(_ progress: (Double, String) -> Bool) throws(WireError) -> Generation {
        let next: Generation
        do {
            let data = try source.data(progress)
            let number = try store.nextNumber()
            next = try GenerationTrainer.train(
                data, number: number,
                journalSequence: journalSequence, options: options,
                threads: threads
            ) { fraction, stage in progress(Self.trainingShare * fraction, stage) }
        } catch let error as WireError {
            throw error
        } catch let error as TrainingError {
            throw WireErrors.training(error)
        } catch let error as GenerationError {
            throw WireErrors.storage(error)
        } catch {
            throw WireError(.internalFailure, "the retrain failed: \(error)")
        }
        guard progress(Self.trainingShare, "saving") else {
            throw WireErrors.training(.cancelled)
        }
        do {
            try store.save(next)
            try store.promote(next.number)
        } catch {
            throw WireErrors.storage(error)
        }
        return next
    }
}
