// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// `candord restore`: puts a backup into a state directory.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put what 'candord backup' made into an empty or new state directory.",
        discussion: """
            Every file is proved by its hash first. A directory that holds something is refused \
            unless --replace is given, which moves what is there to set-aside/ and deletes nothing. \
            The daemon must not run, and does not start on a directory in which a restore was \
            interrupted: run the same command again. Run as root it gives the files to the owner of \
            the state directory. Users who were forgotten since the backup was made are in it: send \
            FORGET again.
            """)

    @Argument(help: "The folder that 'candord backup' made.")
    var backup: String

    @Option(help: "The state directory; made if it does not exist.")
    var state: String

    @Flag(help: "Move what the state directory holds to set-aside/ first.")
    var replace = false

    func run() throws {
        let summary = try StateRestore(of: backup, into: state, isReplacing: replace).run()
        if let place = summary.setAside { print("what was there is in \(state)/\(place) now") }
        print(
            """
            generation \(summary.generation) and \(summary.generations.count - 1) more, \
            \(summary.journalSequence) journal entries
            \(state)
            """)
    }
}
