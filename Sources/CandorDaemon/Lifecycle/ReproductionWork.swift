// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles

/// Training a kept generation again, to see whether it is what its data, options and seed give.
struct ReproductionWork: Sendable {
    let number: Int
    /// The serving generation, which need not be loaded.
    let serving: Generation
    let store: GenerationStore
    let threads: Int

    /// Trains and compares, and keeps nothing; `progress` gets 0…1 and a stage, and returns false to
    /// cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Reply, WireError> {
        do throws(WireError) {
            guard progress(0, "loading generation \(number)") else {
                throw WireErrors.training(.cancelled)
            }
            let stored = try store.generation(number, serving: serving)
            guard stored.manifest.forgottenUserCount == 0 else {
                throw WireError(
                    .notReproducible,
                    "generation \(number) was trained with users who were forgotten since; a RETRAIN "
                        + "makes one that can be reproduced")
            }
            let again: Generation
            do throws(TrainingError) {
                again = try GenerationTrainer.train(
                    stored.data, number: number,
                    journalSequence: stored.manifest.journalSequence,
                    options: stored.manifest.training, threads: threads, progress: progress)
            } catch {
                throw WireErrors.training(error)
            }
            return .success(reply(stored, again))
        } catch {
            return .failure(error)
        }
    }

    private func reply(_ stored: Generation, _ again: Generation) -> Reply {
        func row(_ name: String, _ one: String, _ two: String) -> [Value] {
            [.text(name), .text(one), .text(two), .flag(one == two)]
        }
        let heads = [("rating_head", \Generation.ratingHead), ("ranking_head", \.rankingHead)]
        let rows =
            [row("data", stored.manifest.dataHash, again.manifest.dataHash)]
            + heads.map { name, path in
                row(
                    name, ContentHash.sha256(stored[keyPath: path].factorBytes),
                    ContentHash.sha256(again[keyPath: path].factorBytes))
            } + [row("factors", stored.manifest.factorHash, again.manifest.factorHash)]
        let isSame = rows.allSatisfy { $0.last == .flag(true) }
        return Reply(
            [
                .init("number", .integer(number)), .init("reproduced", .flag(isSame)),
                .init("seed", .integer(Int(stored.manifest.training.seed))),
            ], columns: Verb.reproduce.specification.tables[0], rows: rows)
    }
}
