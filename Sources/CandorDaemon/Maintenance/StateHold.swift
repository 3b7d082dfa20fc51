// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Keeps the files of a state directory in place while somebody copies them.
///
/// Whoever moves or removes what is on disk (a checkpoint of the journal, FORGET, the removal of old
/// generations) shares the hold while doing so; a backup has it alone. Appending to the journal's log
/// and publishing a new generation change nothing that was there, and go on. The hold is a lock on
/// the folder `generations` itself, so that a backup, run by another user, leaves no file behind; it
/// goes with the last reference, or with the process however it ends.
final class StateHold: Sendable {
    /// How the hold is had.
    enum Kind {
        /// By everybody who changes files.
        case shared
        /// By the one who copies them.
        case alone
    }

    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Waits until nobody has the hold in another way, and takes it.
    ///
    /// Throws when there is no folder `generationsPath`.
    static func waiting(_ kind: Kind, _ generationsPath: String) throws(FileError) -> StateHold {
        let descriptor = try DurableFile.open(generationsPath, O_RDONLY | O_DIRECTORY)
        let hold = StateHold(descriptor)
        while flock(descriptor, kind == .shared ? LOCK_SH : LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw FileError(operation: "lock", path: generationsPath, systemErrno: errno)
            }
        }
        return hold
    }

    /// Shares the hold, or returns nil while a backup has it.
    static func sharedAtOnce(_ generationsPath: String) throws(FileError) -> StateHold? {
        let descriptor = try DurableFile.open(generationsPath, O_RDONLY | O_DIRECTORY)
        let hold = StateHold(descriptor)
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return hold }
        guard errno == EWOULDBLOCK else {
            throw FileError(operation: "lock", path: generationsPath, systemErrno: errno)
        }
        return nil
    }
}
