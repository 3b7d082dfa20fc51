// SPDX-License-Identifier: GPL-3.0-or-later

import CSQLite

/// One compiled SQL statement; parameters count from 1 and columns from 0, as in SQLite.
final class Statement {
    private let handle: OpaquePointer
    private let database: Database

    /// Takes over a compiled statement of `database`.
    init(_ handle: OpaquePointer, of database: Database) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds an integer.
    func bind(_ value: Int64, at parameter: Int32) throws(DatabaseError) {
        try database.check(sqlite3_bind_int64(handle, parameter, value))
    }

    /// Binds a number, or NULL for nil.
    func bind(_ value: Double?, at parameter: Int32) throws(DatabaseError) {
        let code =
            if let value {
                sqlite3_bind_double(handle, parameter, value)
            } else {
                sqlite3_bind_null(handle, parameter)
            }
        try database.check(code)
    }

    /// Binds a text.
    func bind(_ value: String, at parameter: Int32) throws(DatabaseError) {
        try database.check(
            csqlite_bind_text(handle, parameter, value, Int32(value.utf8.count)))
    }

    /// Advances to the next row; false at the end.
    func step() throws(DatabaseError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        try database.check(code)
        return false
    }

    /// Makes the statement ready to run again; bindings stay.
    func reset() { sqlite3_reset(handle) }

    /// A column as an integer.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// A column as a number, or nil when it is NULL.
    func number(_ column: Int32) -> Double? {
        sqlite3_column_type(handle, column) == SQLITE_NULL
            ? nil : sqlite3_column_double(handle, column)
    }

    /// A column as text; invalid UTF-8 is repaired, and so never passes a checksum.
    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}
