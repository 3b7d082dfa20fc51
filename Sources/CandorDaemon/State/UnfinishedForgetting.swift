// SPDX-License-Identifier: GPL-3.0-or-later

public import Logging

/// What a crash in the middle of a FORGET left to do.
public enum UnfinishedForgetting {
    /// Finishes it, if there is any, before anything is served.
    ///
    /// Afterwards the state directory is as an acknowledged FORGET leaves it.
    public static func finish(
        _ journal: Journal, _ store: GenerationStore, log: Logger
    ) throws {
        let unfinished = try journal.unfinishedForgetting()
        guard unfinished.isAny else { return }
        let hold = try store.holdShared()
        defer { withExtendedLifetime(hold) {} }
        for user in unfinished.users { try store.forget(user) }
        try store.removeExports()
        try store.removeSetAside()
        try journal.finishForgetting()
        log.notice("finished forgetting a user, which was interrupted")
    }
}
