// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import RatingFiles
import Ratings

/// `candord import`: parses a data set once and for all.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a data set into one file that is mapped instead of parsed.",
        discussion: """
            The file can be named wherever 'candord serve' takes --data. It holds everything that \
            is read of the data set, sorted and checked, about 9 bytes a rating, and proves itself \
            by a hash. A file of that name is replaced, at once or not at all. Equal data gives \
            equal files.
            """)

    @Argument(help: "The data: a folder or a ratings file.")
    var data: String

    @Argument(help: "The file to write, for example ratings.sections.")
    var output: String

    @Option(help: "The data set's name; else that of its folder or file.")
    var name: String?

    @Flag(help: "Leave bad lines of the data out and count them instead of refusing the data.")
    var skipBadLines = false

    func run() throws {
        let read = try DatasetReader.readSorted(
            data, options: ReadOptions(skipBadLines: skipBadLines, name: name))
        for notice in read.report.notices { StandardError.print(notice) }
        let dataset = read.dataset
        let written = try DataSnapshot.write(dataset, to: output)
        let madeUp = dataset.isSynthetic ? "SYNTHETIC data, made up: " : ""
        print(
            """
            \(madeUp)\(dataset.name): \(dataset.users.count) users, \(dataset.items.count) items, \
            \(dataset.matrix.count) ratings
            \(written.byteCount) bytes, hash \(written.hash)
            \(output)
            """)
    }
}
