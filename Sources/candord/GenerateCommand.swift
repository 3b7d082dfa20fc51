// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import RatingFiles
import Ratings

/// `candord generate`: writes made-up data with a known structure.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make up a data set with planted taste groups and error gaps.",
        discussion: """
            The data is SYNTHETIC: it says nothing about real people or films. It is written in the \
            layout of MovieLens 1M and marked, so that every program of Candor says that it is made \
            up. Equal options give equal files on every machine.
            """)

    @Argument(help: "The folder to create.")
    var directory: String

    @Option(help: "The number of users.")
    var users = SyntheticOptions().userCount

    @Option(help: "The number of items.")
    var items = SyntheticOptions().itemCount

    @Option(help: "The approximate number of ratings.")
    var ratings = SyntheticOptions().ratingCount

    @Option(help: "Which of the possible data sets.")
    var seed = SyntheticOptions().seed

    @Option(help: "The number of taste groups, 1 to 18.")
    var groups = SyntheticOptions().groupCount

    @Option(help: "How much more users like items of their own taste group, 0 to 2 stars.")
    var affinity = SyntheticOptions().affinity

    @Option(help: "The standard deviation of ratings about what is expected, 0.5 to 1.3 stars.")
    var noise = SyntheticOptions().noise

    @Option(help: "How much greater the noise is for users of gender F, in stars.")
    var gap = SyntheticOptions().genderGap

    @Option(help: "How much greater the noise is for users aged 56 and over, in stars.")
    var ageGap = SyntheticOptions().ageGap

    private var options: SyntheticOptions {
        var options = SyntheticOptions()
        options.userCount = users
        options.itemCount = items
        options.ratingCount = ratings
        options.seed = seed
        options.groupCount = groups
        options.affinity = affinity
        options.noise = noise
        options.genderGap = gap
        options.ageGap = ageGap
        return options
    }

    func validate() throws {
        if let problem = options.problem { throw ValidationError(problem) }
    }

    func run() throws {
        let data = SyntheticSource(options)
        try DatasetWriter.write(data, to: directory)
        print(
            """
            SYNTHETIC data, made up: \(data.users.count) users, \(data.items.count) items, \
            \(data.ratingCount) ratings
            planted: \(groups) taste groups (affinity \(affinity)), noise \(noise), \
            +\(gap) for gender F, +\(ageGap) for 56+; seed \(seed)
            \(directory)
            """)
    }
}
