// SPDX-License-Identifier: GPL-3.0-or-later

import CSQLite
import Glibc

/// What SQLite said when a call failed.
struct DatabaseError: Error, Sendable, Equatable {
    /// SQLite's extended result code.
    let code: Int32
    /// The system's error number behind it, or 0.
    let systemErrno: Int32
    /// SQLite's own words.
    let message: String

    /// Whether the disk, a quota or the database's size limit is exhausted, found while writing.
    ///
    /// A flush that fails for want of room is no such thing: what was written before it may be gone.
    var isDiskFull: Bool {
        guard primaryCode != SQLITE_FULL else { return true }
        let isFlush = code == csqlite_ioerr_fsync || code == csqlite_ioerr_dir_fsync
        return !isFlush && (systemErrno == ENOSPC || systemErrno == EDQUOT)
    }

    /// Whether another connection holds the lock.
    var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

    /// Whether the file's content contradicts itself or is no database.
    var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

    /// Code, words and system error in one line.
    var detail: String {
        let system = systemErrno == 0 ? "" : ", \(String(cString: strerror(systemErrno)))"
        return "\(message) (SQLite code \(code)\(system))"
    }

    private var primaryCode: Int32 { code & 0xFF }
}
