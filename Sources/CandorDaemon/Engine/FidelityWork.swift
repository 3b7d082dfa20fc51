// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Trust

/// One FIDELITY of one pinned generation: everything it needs, and no way to touch the engine.
struct FidelityWork: Sendable {
    let generation: Generation
    let users: Int
    let seed: UInt64
    let threads: Int
    let store: GenerationStore

    /// Samples, retrains and saves what was measured; `progress` returns false to cancel.
    func run(progress: (Double, String) -> Bool) -> Result<Fidelity, WireError> {
        do throws(WireError) {
            let fidelity = Fidelity(
                seed: seed,
                rating: try slope(of: generation.ratingHead, .rating, progress),
                ranking: try slope(of: generation.rankingHead, .ranking, progress))
            do {
                try store.save(fidelity, of: generation.number)
            } catch {
                throw WireErrors.storage(error)
            }
            return .success(fidelity)
        } catch {
            return .failure(error)
        }
    }

    private func slope(
        of head: some ServableHead, _ name: HeadName, _ progress: (Double, String) -> Bool
    ) throws(WireError) -> RetrainSlope? {
        let sample = RetrainSample(of: head, generation.matrix, count: users, seed: seed)
        guard sample.count > 0 else {
            throw WireError(
                .notEnoughData, "no user has the 5 ratings that losing one of them needs")
        }
        let rest = sample.deleted(from: generation.matrix)
        let retrained: any ServableHead
        do {
            retrained = try HeadTrainer.train(
                name, rest, items: generation.items, users: generation.users,
                scale: generation.scale,
                options: generation.manifest.training, threads: threads
            ) { fraction, stage in
                progress(name == .rating ? fraction / 2 : 0.5 + fraction / 2, stage)
            }
        } catch {
            throw WireErrors.training(error)
        }
        return sample.slope(by: retrained, on: rest)
    }
}
