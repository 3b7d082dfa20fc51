// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// `candord measure`: what models are worth on new users and as time goes by.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure rating models on later ratings and on new users.",
        subcommands: [
            ChronologicalCommand.self, PrequentialCommand.self, NewUsersCommand.self,
            MitigationCommand.self,
        ])
}
