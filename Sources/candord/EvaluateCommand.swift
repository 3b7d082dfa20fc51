// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import CandorProtocol
import Factors
import Foundation
import RatingFiles
import Ratings

/// Trains on one file, measures on another, and writes the predictions for other programs.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Train on one ratings file and measure on another.",
        discussion: """
            Files hold user, item, rating and optionally a timestamp, separated by a comma, a tab \
            or '::'. The rating head is measured by RMSE and MAE of its stars, the ranking head \
            over the full catalogue: all items of both files that the user has not rated in \
            --train are candidates, those rated at least three quarters up the scale in --test \
            are relevant. Of the lists of 10 it also tells which part of the catalogue they show \
            (coverage), how unequally (exposure_gini, 0 equal to 1 one item only), the mean number \
            of training ratings of what they show (mean_popularity), and the mean of 1 - cosine of \
            the factors of two items of a list (diversity).

            --model takes \(ModelName.names(.rating).joined(separator: ", ")) for the rating head \
            and \(ModelName.names(.ranking).joined(separator: ", ")) for the ranking head. \
            --options takes key=value words; a wrong key is answered with the model's own ones.
            """)

    @Option(help: "The ratings to train on.")
    var train: String

    @Option(help: "The ratings to measure on.")
    var test: String

    @Option(help: "Which head: rating (stars) or ranking (lists).")
    var head: Head = .rating

    @Option(help: "Which model stands for the head; default its own, bayes or ials.")
    var model: String?

    @Option(help: "Write the predictions to this file, tab-separated.")
    var predictions: String?

    @Option(parsing: .upToNextOption, help: "Options of the model, key=value.")
    var options: [String] = []

    @Option(help: "Threads; the result does not depend on it.")
    var threads = 2

    @Flag(help: "Leave bad lines out and count them instead of refusing the file.")
    var skipBadLines = false

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    enum Head: String, ExpressibleByArgument, CaseIterable {
        case rating
        case ranking
    }

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        _ = try settings()
    }

    func run() throws {
        let read = try RatingFileReader.read(
            [train, test], options: ReadOptions(skipBadLines: skipBadLines))
        for notice in read.report.notices { StandardError.print("note: \(notice)") }
        if read.sharedPairCount > 0 {
            StandardError.print(
                "note: \(read.sharedPairCount) (user, item) pairs of \(test) are in \(train) too: "
                    + "they are known beforehand")
        }
        let evaluation = Evaluation(read, threads: threads)
        let settings = try settings(for: DataSize(ratingCount: read.parts[0].count))
        let result =
            switch head {
            case .rating: try evaluation.rating(settings)
            case .ranking: try evaluation.ranking(settings)
            }
        if let predictions { try result.table.write(to: predictions) }
        print(json ? result.json : result.text)
    }

    private func settings(for size: DataSize? = nil) throws -> TrainingSettings {
        let name = try ModelName(model, of: head == .rating ? .rating : .ranking)
        return try TrainingSettings(name, words: options, for: size)
    }
}
