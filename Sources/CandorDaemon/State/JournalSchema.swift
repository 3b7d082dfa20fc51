// SPDX-License-Identifier: GPL-3.0-or-later

/// The journal's table and settings: all SQL there is.
enum JournalSchema {
    /// Marks the file as a journal of this program: "Cndr".
    static let applicationID: Int64 = 0x436E_6472
    /// The layout's version.
    static let version: Int64 = 1
    /// The version once a user was forgotten, which earlier programs must not take for damage.
    static let erasureVersion: Int64 = 2

    /// Makes the empty journal; in one transaction, and in a file that nobody reads yet.
    static let creation = """
        PRAGMA synchronous = FULL;
        BEGIN;
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE change (
            sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
            user        TEXT NOT NULL,
            item        TEXT NOT NULL,
            rating      REAL,
            timestamp   INTEGER NOT NULL,
            recorded_at INTEGER NOT NULL,
            checksum    INTEGER NOT NULL
        ) STRICT;
        COMMIT;
        """

    /// How every connection works, each setting with its reason.
    static let settings: [String] = [
        // Because the journal has one owner, and then the log's index lives in this process's
        // memory instead of a third file; first, because it must precede the log's first use.
        "PRAGMA locking_mode = EXCLUSIVE",
        // Because a commit is then one sequential write and one fsync, and never overwrites.
        "PRAGMA journal_mode = WAL",
        // Because with a write-ahead log every weaker setting acknowledges before the fsync.
        "PRAGMA synchronous = FULL",
        // Because an automatic checkpoint swallows the failed fsync that must stop the writer.
        "PRAGMA wal_autocheckpoint = 0",
        // Because a damaged page must be noticed when it is read, not when it is used.
        "PRAGMA cell_size_check = ON",
        // Because a planted view or trigger must not run functions in the daemon.
        "PRAGMA trusted_schema = OFF",
    ]

    /// How long to wait for the lock of a process that is just ending.
    static let busyTimeoutMilliseconds: Int32 = 500

    static let insertion = """
        INSERT INTO change (sequence, user, item, rating, timestamp, recorded_at, checksum)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """

    /// What is left of an entry when its user is forgotten.
    static let erasure = """
        UPDATE change
        SET user = '', item = '', rating = NULL, timestamp = 0, recorded_at = 0, checksum = ?2
        WHERE sequence = ?1
        """
    static let versionWithErasures = "PRAGMA user_version = \(erasureVersion)"
    static let users = "SELECT sequence, user FROM change"

    /// The users who are being forgotten, so that the next start can finish what a crash cut short.
    static let forgettingCreation =
        "CREATE TABLE IF NOT EXISTS forgetting (user TEXT NOT NULL) STRICT"
    static let hasForgetting = "SELECT count(*) FROM sqlite_master WHERE name = 'forgetting'"
    static let forgettingInsertion = "INSERT INTO forgetting (user) VALUES (?1)"
    static let forgettingUsers = "SELECT user FROM forgetting"
    static let forgettingAnonymised = "UPDATE forgetting SET user = ''"
    static let forgettingEnd = "DELETE FROM forgetting"

    static let page = """
        SELECT sequence, user, item, rating, timestamp, recorded_at, checksum
        FROM change WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
        """

    static let lastSequence = "SELECT max(sequence) FROM change"
    /// What SQLite itself remembers as the highest sequence ever given.
    static let highestSequence = "SELECT seq FROM sqlite_sequence WHERE name = 'change'"
    static let count = "SELECT count(*) FROM change"
    static let quickCheck = "PRAGMA quick_check(1)"
}
