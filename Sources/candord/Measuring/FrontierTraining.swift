// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Factors
import Ratings
import Trust

/// One part of the data to learn from under a mitigation, and another to measure on.
struct FrontierTraining {
    let settings: TrainingSettings
    let dataset: Dataset
    let attribute: AuditAttribute
    let method: TrainingMitigation.Method
    let train: RatingMatrix
    let test: RatingMatrix
    let threads: Int

    /// Both heads trained with `strength`, 0 being plain training, and measured.
    func sample(_ strength: Double, seed: UInt64) throws -> FrontierSample {
        guard case .rating(let model) = settings.model, model.isBayesian else {
            throw ValidationError("mitigations work on the models bayes and fast")
        }
        let training = TrainingMitigation(method, attribute: attribute.name, strength: strength)
        let mitigation = MitigatedTraining(training, attribute)
        let influence =
            strength == 0
            ? GroupInfluence.none
            : try mitigation.influence(
                train, scale: dataset.scale, seed: settings.seed, threads: threads,
                progress: { _ in true })
        let rating = try model.train(
            train, features: ItemFeatures(dataset.items),
            rating: strength == 0 ? settings.rating : training.applied(to: settings.rating),
            baseline: settings.baseline, influence: influence, threads: threads)
        let ranking = try RankingTrainer.train(
            train, scale: dataset.scale, influence: influence, threads: threads)
        guard strength > 0 else { return try measured(rating, ranking, strength, seed) }
        return try measured(
            mitigation.finished(rating, train, threads: threads),
            mitigation.finished(ranking, train, threads: threads), strength, seed)
    }

    /// The groups of the users measured; nil when fewer than two may be shown.
    func users(_ measurements: HeldOutMeasurements, seed: UInt64) -> FrontierUsers? {
        FrontierUsers(measurements.users.map(\.user), of: attribute, seed: seed)
    }

    private func measured(
        _ rating: some LinearHead, _ ranking: some LinearHead, _ strength: Double, _ seed: UInt64
    ) throws -> FrontierSample {
        guard
            let measurements = HeldOutMeasurements(
                rating: rating, ranking: ranking, train: train, test: test, scale: dataset.scale,
                threads: threads, progress: { _ in true }),
            let users = users(measurements, seed: seed)
        else { throw ValidationError("fewer than two groups are large enough to be shown") }
        return FrontierSample(
            strength: strength, measurements: measurements, rating: rating, train: train,
            members: users, genres: GenreMix(dataset.items), threads: threads)
    }
}
