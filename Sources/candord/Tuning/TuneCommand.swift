// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import CandorProtocol
import Factors
import RatingFiles
import Ratings

/// `candord tune`: finds good settings of a model for a data set.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Find good settings for your own data.",
        discussion: """
            Draws settings at random and trains each with a ninth of the model's sweeps, the best \
            third with a third of them, the best third of those in full, and the best third of \
            those on further seeds; never fewer than three go on, and the defaults always do. Rating \
            models are tuned for the RMSE of ratings held out at random, ranking models for nDCG@10 \
            of liked items held out of every user.

            Every measurement is brought to disk in the journal before the next begins: the same \
            command goes on where a killed one was, and gives the same table. A higher --trials or \
            --seeds extends a finished run.
            """)

    @Argument(help: "The data: a folder or a ratings file.")
    var data: String

    @Option(help: "Which head: rating (stars) or ranking (lists).")
    var head: EvaluateCommand.Head = .rating

    @Option(help: "Which model of the head; default its own, bayes or ials.")
    var model: String?

    @Option(parsing: .upToNextOption, help: "What to begin with instead of defaults, key=value.")
    var options: [String] = []

    @Option(help: "How many settings to draw.")
    var trials = 27

    @Option(help: "How many splits the finalists are trained on.")
    var seeds = 3

    @Option(help: "The first seed; settings, splits and trainings follow from it.")
    var seed = 1

    @Option(help: "The share of ratings held out, above 0 and below 1.")
    var heldOut: Double?

    @Option(help: "The journal; default candor-tune-MODEL.journal in the working directory.")
    var journal: String?

    @Option(help: "Threads; the result does not depend on it.")
    var threads = ProcessorCount.online

    @Flag(help: "Leave bad lines out and count them instead of refusing the data.")
    var skipBadLines = false

    @Flag(help: "Say nothing but the result.")
    var quiet = false

    @Flag(help: "Print one JSON object instead of a table and a plot.")
    var json = false

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        guard (1...10_000).contains(trials) else {
            throw ValidationError("--trials must be 1…10000")
        }
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds must be 1…100") }
        guard (0...1 << 40).contains(seed) else { throw ValidationError("--seed must be 0…2^40") }
        guard heldOutPart > 0, heldOutPart < 1 else {
            throw ValidationError("--held-out must lie between 0 and 1")
        }
        let space = try space()
        guard !space.searched.isEmpty else {
            throw ValidationError("the model \(space.model.rawValue) has nothing to tune")
        }
    }

    func run() throws {
        let read = try DatasetReader.read(data, options: ReadOptions(skipBadLines: skipBadLines))
        for notice in read.report.notices { say("note: \(notice)") }
        if read.dataset.isSynthetic { say("note: this data is SYNTHETIC: made up") }
        let space = try space(for: DataSize(ratingCount: read.dataset.ratings.count))
        let data = TuningData(dataset: read.dataset, heldOut: heldOutPart, threads: threads)
        let path = journal ?? "candor-tune-\(space.model.rawValue).journal"
        let trialJournal = try TrialJournal(path, heading: heading(space, data))
        if trialJournal.foundCount > 0 {
            say("\(path): going on after \(trialJournal.foundCount) measurements")
        }
        let metric = TuningResult.metric(space.model)
        let tuning = Tuning(
            space: space, data: data, trialCount: trials, seedCount: seeds, seed: seed,
            journal: trialJournal
        ) { step in
            guard step.isNew else { return }
            say(
                """
                \(step.number)/\(step.expectedCount)  trial \(step.trial)  \
                budget \(step.budget)  split \(step.split)  \
                \(metric) \(FigureValue.number(step.measurement.score).text)  \
                \(FigureValue.number(step.measurement.seconds).text) s
                """)
        }
        let report = TuningReport(result: try tuning.run())
        print(json ? report.json : report.text)
    }

    private var heldOutPart: Double { heldOut ?? (head == .rating ? 0.1 : 0.2) }

    private func space(for size: DataSize? = nil) throws -> SearchSpace {
        let name = try ModelName(model, of: head == .rating ? .rating : .ranking)
        return SearchSpace(model: name, base: try TrainingSettings(name, words: options, for: size))
    }

    /// What the journal's measurements depend on besides their own line.
    private func heading(_ space: SearchSpace, _ data: TuningData) -> String {
        let all = ModelOption.options(of: space.model)
            .map { "\($0.name)=\(space.base.text(of: $0))" }.joined(separator: " ")
        return """
            candor-tune 1 \(ServerName.full) model=\(space.model.rawValue) data=\(data.fingerprint) \
            ratings=\(data.dataset.ratings.count) held_out=\(heldOutPart) \
            base=\(all)
            """
    }

    private func say(_ line: String) {
        if !quiet { StandardError.print(line) }
    }
}
