// SPDX-License-Identifier: GPL-3.0-or-later

import CSQLite

/// One connection to an SQLite file: just what the journal needs of SQLite's C interface.
///
/// Confined to whoever holds it; closes when the last reference goes, statements included.
final class Database {
    private let handle: OpaquePointer

    /// Opens the file at `path`; creates it only when `creating`.
    init(path: String, creating: Bool) throws(DatabaseError) {
        var opened: OpaquePointer?
        // Because every connection is confined by its owner's lock, SQLite needs none of its own.
        let flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (creating ? SQLITE_OPEN_CREATE : 0)
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = Self.error(opened, code: code)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit { sqlite3_close_v2(handle) }

    /// The number of milliseconds that a call waits for a lock held elsewhere.
    func setBusyTimeout(milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

    /// Leaves the write-ahead log in place when the connection closes.
    func keepLogOnClose() throws(DatabaseError) { try check(csqlite_keep_log_on_close(handle)) }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs statements that return nothing of interest.
    func execute(_ sql: String) throws(DatabaseError) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// Compiles one statement.
    func prepare(_ sql: String) throws(DatabaseError) -> Statement {
        var compiled: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &compiled, nil))
        guard let compiled else { preconditionFailure("an empty statement") }
        return Statement(compiled, of: self)
    }

    /// The first column of the first row, or nil without a row.
    func integer(_ sql: String) throws(DatabaseError) -> Int64? {
        let statement = try prepare(sql)
        return try statement.step() ? statement.integer(0) : nil
    }

    /// The first column of the first row as text, or nil without a row.
    func text(_ sql: String) throws(DatabaseError) -> String? {
        let statement = try prepare(sql)
        return try statement.step() ? statement.text(0) : nil
    }

    /// Moves the whole write-ahead log into the database file and empties it.
    func checkpoint() throws(DatabaseError) {
        try check(
            sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil))
    }

    /// Throws what SQLite knows about the last failure unless `code` says success.
    func check(_ code: Int32) throws(DatabaseError) {
        guard code == SQLITE_OK else { throw Self.error(handle, code: code) }
    }

    private static func error(_ handle: OpaquePointer?, code: Int32) -> DatabaseError {
        guard let handle else {
            return DatabaseError(
                code: code, systemErrno: 0, message: String(cString: sqlite3_errstr(code)))
        }
        return DatabaseError(
            code: sqlite3_extended_errcode(handle), systemErrno: sqlite3_system_errno(handle),
            message: String(cString: sqlite3_errmsg(handle)))
    }
}
