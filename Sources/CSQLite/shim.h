// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <sqlite3.h>

// What Swift cannot call itself: a variadic function, and macros that are expressions.

/// The extended result codes of a failed flush.
static const int csqlite_ioerr_fsync = SQLITE_IOERR_FSYNC;
static const int csqlite_ioerr_dir_fsync = SQLITE_IOERR_DIR_FSYNC;

/// Leaves the write-ahead log as it is when the connection closes.
static inline int csqlite_keep_log_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Binds a copy of `count` bytes of UTF-8.
static inline int csqlite_bind_text(
    sqlite3_stmt *statement, int parameter, const char *bytes, int count) {
    return sqlite3_bind_text(statement, parameter, bytes, count, SQLITE_TRANSIENT);
}
