// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon

/// `candord backup`: copies a state directory while a daemon works in it.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a state directory, also while a daemon runs, into a new folder.",
        discussion: """
            The copy is consistent and holds every rating that was acknowledged before it began; \
            serving, rating and retraining go on meanwhile, FORGET waits. Every generation is proved \
            by its hashes and the journal by its checksums. The folder is laid out like a state \
            directory, `sha256sum --check SHA256SUMS` verifies it, and it has its name only when all \
            of it is on disk. Run it as root or as the daemon's user.
            """)

    @Argument(help: "The folder to make; it must not exist.")
    var target: String

    @Option(help: "The state directory of 'candord serve'.")
    var state: String

    func run() throws {
        let summary = try StateBackup(of: state, to: target).run()
        for notice in summary.notices { StandardError.print(notice) }
        print(
            """
            generation \(summary.generation) and \(summary.generations.count - 1) more, \
            \(summary.journalSequence) journal entries
            \(summary.fileCount) files, \(summary.byteCount) bytes
            \(target)
            """)
    }
}
