// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import Factors
import RatingFiles
import Ratings
import Trust

/// `candord audit`: an audit of a data set with everything that it was computed from.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Audit models on a data set and write what every number comes from.",
        discussion: """
            Trains both heads on 80% of every user's ratings, measures the rest and writes tables, \
            tab-separated with a heading, to --into: train, predictions (user, item, rating and \
            prediction in stars), lists (the ten items shown), users (groups of every attribute), \
            items (genres and year), a table of user vectors for each head, and audit, every \
            number of the audit, exact. Another program can so compute all of it again, as \
            Tests/Scripts/audit_agreement.py does. The tables describe single people: they are for \
            whoever has the data anyway, unlike what AUDIT of the daemon shows.
            """)

    @Option(help: "The data: a folder or a ratings file.")
    var data: String

    @Option(help: "The folder to write to; made if it does not exist.")
    var into: String

    @Option(help: "The model that predicts ratings.")
    var rating = RatingModelName.bayes.rawValue

    @Option(help: "The model that ranks items.")
    var ranking = RankingModelName.ials.rawValue

    @OptionGroup
    var attributes: DemographicsOption

    @Option(help: "Bootstrap samples of users, and exchanges of groups.")
    var resamples = 1000

    @Option(help: "The seed of all chance, held-out ratings included.")
    var seed: UInt64 = 1

    @Option(help: "Threads; the result does not depend on it.")
    var threads = ProcessorCount.online

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        guard (100...10_000).contains(resamples) else {
            throw ValidationError("--resamples must be within 100 and 10000")
        }
        _ = try models()
    }

    func run() throws {
        let dataset = try DatasetReader.readSorted(data, options: ReadOptions()).dataset
        let parts = Split.perUser(dataset.matrix, heldOut: 0.2, seed: seed)
        let trained = GenerationData(
            name: dataset.name, isSynthetic: dataset.isSynthetic, users: dataset.users,
            items: dataset.items, matrix: parts.kept, scale: dataset.scale)
        let models = try models()
        var options = TrainingOptions(rating: models.rating, ranking: models.ranking)
        options.demographics = attributes.names
        let generation = try GenerationTrainer.train(
            trained, number: 1, journalSequence: 0, options: options, threads: threads
        ) { _, _ in true }
        let measurements = HeldOutMeasurements(
            rating: generation.ratingHead, ranking: generation.rankingHead, train: parts.kept,
            test: parts.heldOut, scale: dataset.scale, threads: threads
        ) { _ in true }
        guard let measurements, !measurements.users.isEmpty else {
            throw ValidationError("no user has the 5 ratings that holding out a fifth needs")
        }
        let subject = AuditSubject(
            measurements, train: parts.kept, catalogue: dataset.items, users: dataset.users,
            heads: [
                .init(name: "rating", head: generation.ratingHead),
                .init(name: "ranking", head: generation.rankingHead),
            ])
        let pairs = subject.attributes.count >= 2 ? [(0, 1)] : []
        let report = AuditReport(
            subject, crossing: pairs, options: AuditOptions(resamples: resamples, seed: seed),
            threads: threads
        ) { _, _ in true }
        guard let report else { return }
        try AuditTables(subject, report, users: dataset.users).write(into: into)
        print("\(report.exactRows.count) numbers of \(report.users) users: \(into)")
    }

    private func models() throws -> (rating: RatingModelName, ranking: RankingModelName) {
        guard let rating = RatingModelName(rawValue: rating) else {
            throw ValidationError(
                "--rating takes "
                    + RatingModelName.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let ranking = RankingModelName(rawValue: ranking), ranking != .rating else {
            throw ValidationError(
                "--ranking takes "
                    + RankingModelName.allCases.filter { $0 != .rating }.map(\.rawValue)
                    .joined(separator: ", "))
        }
        return (rating, ranking)
    }
}
