// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// The forgetting of one user on disk: everything it needs, and no way to touch the engine.
struct ForgetWork: Sendable {
    /// Where the journal's part ends and the generations' begins on the progress scale.
    private static let journalShare = 0.1

    let user: UserID
    let generation: Generation
    let journal: Journal
    let writer: JournalWriter<PendingRating>
    let store: GenerationStore

    /// What was done, and what serves from now on.
    struct Outcome: Sendable {
        /// The serving generation without the user, mapped from its new files; nil when it never
        /// knew the user.
        let generation: Generation?
        /// The data's name.
        let datasetName: String
        /// The newest journal entry that was looked at; later ones are a new user's.
        let journalSequence: Int64
        /// How many journal entries were taken away.
        let erasedCount: Int
        /// What became of the saved generations that knew the user, newest first.
        let generations: [ForgottenGeneration]
        /// The names of the exported files that were removed.
        let removedExports: [String]
        /// The names of what repairs and restores had moved aside, which was removed.
        let removedAside: [String]
    }

    /// Erases everything; a success means that all of it is on disk.
    ///
    /// What a crash or a failure interrupts is finished by the next start, or by asking again. Once
    /// begun it cannot be cancelled: half of it is of no use. While it waits for a backup to end it has
    /// not begun, and ends when `progress` says no.
    func run(progress: (Double, String) -> Bool) -> Result<Outcome, WireError> {
        do {
            let hold = try store.holdShared {
                progress(0, "waiting for a backup to end")
            }
            guard let hold else { return .failure(Self.notBegun) }
            defer { withExtendedLifetime(hold) {} }
            return .success(try erase { fraction, stage in _ = progress(fraction, stage) })
        } catch let error as JournalError {
            writer.stop(after: error)
            return .failure(Self.unfinished(WireErrors.storage(error)))
        } catch let error as GenerationError {
            return .failure(Self.unfinished(WireErrors.storage(error)))
        } catch {
            return .failure(WireError(.internalFailure, "the forgetting failed: \(error)"))
        }
    }

    private func erase(_ progress: (Double, String) -> Void) throws -> Outcome {
        progress(0, "erasing ratings")
        let begun = try journal.beginForgetting(user)
        let isKnown = generation.users.index(of: user) != nil
        let forgotten = try store.forget(user, held: isKnown ? generation : nil) { done, number in
            progress(
                Self.journalShare + (1 - 2 * Self.journalShare) * done,
                "rewriting generation \(number)")
        }
        progress(1 - Self.journalShare, "building the journal anew")
        let exports = try store.removeExports()
        let aside = try store.removeSetAside()
        try journal.finishForgetting()
        return Outcome(
            generation: isKnown ? try store.load(generation.number) : nil,
            datasetName: generation.data.name, journalSequence: begun.journalSequence,
            erasedCount: begun.erasedCount, generations: forgotten, removedExports: exports,
            removedAside: aside)
    }

    private static let notBegun = WireError(
        .shuttingDown,
        "the daemon is stopping before a backup has ended; nothing was forgotten: send FORGET again"
    )

    private static func unfinished(_ error: WireError) -> WireError {
        WireError(
            error.code,
            error.message + "; FORGET again, or restart the daemon, which finishes what was begun")
    }
}
