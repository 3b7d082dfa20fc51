// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import Ratings

/// A retrain from one pinned generation and the ratings since: everything it needs, and no way to
/// touch the engine.
struct RetrainWork: Sendable {
    /// Where training ends when nothing is measured after it, and saving begins.
    private static let savingShare = 0.97
    /// Where training ends when two more on fewer ratings follow it.
    private static let trainingShare = 0.35

    /// What became of it.
    enum Outcome: Sendable {
        /// A new generation is saved, and named on disk as the one to serve.
        case promoted(Generation)
        /// The gates refuse a generation, which is saved, or was before.
        case refused(GenerationManifest)
        /// Data and options are those of the serving generation: there is nothing to train.
        case unchanged
    }

    /// What serves, which the gates compare with.
    let generation: Generation
    let source: TrainingSource
    /// The last journal entry that the ratings to train on hold.
    let journalSequence: Int64
    let options: TrainingOptions
    let threads: Int
    let store: GenerationStore
    let limits: GateLimits
    /// Whether it trains also when nothing has changed.
    let isForced: Bool
    /// How much memory it may take; nil for any amount.
    let memoryLimit: MemoryLimit?

    /// Trains, measures, judges and saves the next generation; it is published only if all of it
    /// succeeds and no gate refuses it.
    func run(progress: (Double, String) -> Bool) -> Result<Outcome, WireError> {
        do throws(WireError) {
            let data = try source.data(limit: memoryLimit, progress)
            if !isForced, let known = try known(data) { return .success(known) }
            try checkMemory(data, progress)
            let next = try train(data, progress)
            return .success(try publish(next, progress))
        } catch {
            return .failure(error)
        }
    }

    /// What is known of this data with these options already, by the content's hash.
    private func known(_ data: GenerationData) throws(WireError) -> Outcome? {
        let hash = ContentHash.text(GenerationDataFile.encode(data).hash)
        let suited = options.adapted(to: data.matrix.count)
        func isSame(_ manifest: GenerationManifest) -> Bool {
            manifest.dataHash == hash && manifest.training == suited
                && manifest.forgottenUserCount == 0
        }
        if isSame(generation.manifest) { return .unchanged }
        do throws(GenerationError) {
            return try store.list().compactMap(\.manifest)
                .first { $0.isRefused && isSame($0) }.map { .refused($0) }
        } catch {
            throw WireErrors.storage(error)
        }
    }

    /// Says what it takes of memory at most, and throws where that is more than it may.
    private func checkMemory(
        _ data: GenerationData, _ progress: (Double, String) -> Bool
    ) throws(WireError) {
        let memory = RetrainMemory(
            data, serving: generation, options: options, needsMeasuring: limits.needsMeasuring,
            threads: threads)
        try memoryLimit?.check(memory, ratings: data.matrix.count)
        let mebibytes = MemoryLimit.mebibytes(memory.bytes)
        guard progress(0, "takes up to \(mebibytes) MiB of memory") else {
            throw WireErrors.training(.cancelled)
        }
    }

    private func train(
        _ data: GenerationData, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> Generation {
        let share = limits.needsMeasuring ? Self.trainingShare : Self.savingShare
        do {
            let next = try GenerationTrainer.train(
                data, number: try store.nextNumber(), journalSequence: journalSequence,
                options: options, threads: threads
            ) { fraction, stage in progress(share * fraction, stage) }
            let gates = GateEvaluation(
                limits: limits, serving: generation, next: next, threads: threads)
            return next.judged(
                try gates.verdict { progress(share + (Self.savingShare - share) * $0, $1) })
        } catch let error as TrainingError {
            throw WireErrors.training(error)
        } catch let error as GenerationError {
            throw WireErrors.storage(error)
        } catch {
            throw WireError(.internalFailure, "the retrain failed: \(error)")
        }
    }

    private func publish(
        _ next: Generation, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> Outcome {
        guard progress(Self.savingShare, "saving") else {
            throw WireErrors.training(.cancelled)
        }
        do throws(GenerationError) {
            try store.save(next)
            guard !next.manifest.isRefused else { return .refused(next.manifest) }
            try store.promote(next.number)
            return .promoted(next)
        } catch {
            throw WireErrors.storage(error)
        }
    }
}
