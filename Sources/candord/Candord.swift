// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// The daemon's command line: wiring only.
@main
struct Candord: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candord",
        abstract: "A recommender daemon whose every score can be explained and audited.",
        version: ServerName.full,
        subcommands: [
            ServeCommand.self, EvaluateCommand.self, MeasureCommand.self, AuditCommand.self,
            TuneCommand.self, FetchCommand.self, GenerateCommand.self, ImportCommand.self,
            ExportCommand.self, CheckCommand.self, TokenCommand.self, FsckCommand.self,
            BackupCommand.self, RestoreCommand.self,
        ])

    static func main() {
        LargeBlocks.returnWhenFreed()
        main(nil)
    }
}
