// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Logging
import RatingFiles
import Ratings

/// What a daemon begins to serve with: the generation in its state, or a first one.
struct FirstGeneration {
    let data: String?
    let skipBadLines: Bool
    let options: TrainingOptions
    let threads: Int
    let store: GenerationStore
    /// What the daemon before this one has left in memory.
    let handed: HandedGeneration?
    let notifier: ServiceNotifier
    let log: Logger

    /// How long the service manager is asked to wait for the next tenth of training.
    private static let patienceSeconds = 1800

    /// Loads the generation to serve, or trains and saves the first.
    func obtain() throws -> Generation {
        switch try store.start(handed: handed) {
        case .ready(let generation):
            noteUnusedData(generation)
            return generation
        case .fallback(let generation, _):
            // The store has logged what is damaged and what serves instead.
            noteUnusedData(generation)
            return generation
        case .nothingIntact:
            throw FirstGenerationError.nothingIntact
        case .empty:
            return try train()
        }
    }

    private func train() throws -> Generation {
        guard let data else { throw FirstGenerationError.noData }
        let dataset = try read(data)
        if dataset.isSynthetic { log.notice("this data is SYNTHETIC: made up, not of real people") }
        log.info(
            """
            \(dataset.name): \(dataset.users.count) users, \(dataset.items.count) items, \
            \(dataset.matrix.count) ratings
            """)
        var lastPercent = -1
        let generation = try GenerationTrainer.train(
            dataset, number: try store.nextNumber(), journalSequence: 0,
            options: options, threads: threads
        ) { fraction, stage in
            let percent = Int(fraction * 10) * 10
            if percent > lastPercent {
                log.info("\(stage) \(percent)%")
                notifier.notify(
                    .status("training the first generation, \(percent)%"),
                    .extendTimeout(seconds: Self.patienceSeconds))
                lastPercent = percent
            }
            return true
        }
        try store.save(generation)
        try store.promote(generation.number)
        return generation
    }

    private func read(_ data: String) throws -> GenerationData {
        log.info("reading \(data)")
        if DataSnapshot.isSnapshot(data) { return try DataSnapshot.read(data) }
        let read = try DatasetReader.readSorted(
            data, options: ReadOptions(skipBadLines: skipBadLines))
        for notice in read.report.notices { log.notice("\(notice)") }
        return read.dataset
    }

    private func noteUnusedData(_ generation: Generation) {
        guard data != nil else { return }
        log.info(
            """
            the state directory already holds generation \(generation.number), trained on \
            \(generation.data.name); --data is read for the first generation only
            """)
    }
}
