// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The steps that lead to a journal that can be trusted: create, lock, recognise, check.
struct JournalOpening {
    let path: String

    /// Runs all steps; returns the connection and what an operator should read.
    func open() throws(JournalError)
        -> sending (
            connection: JournalConnection, notices: [String]
        )
    {
        if access(path, F_OK) != 0 {
            guard errno == ENOENT else { throw failed("open", errno) }
            try create()
        }
        let path = path
        let database = try JournalError.translating("open", path) { () throws(DatabaseError) in
            try Database(path: path, creating: false)
        }
        try lock(database)
        try recognise(database)
        let notices = try checkLog()
        let last = try check(database)
        let connection = try JournalError.translating("open", path) { () throws(DatabaseError) in
            try JournalConnection(database, path: path, lastSequence: last)
        }
        // Because a log that begins empty holds no remains of earlier ones, so that its check
        // can tell a torn end from damage.
        try connection.checkpoint()
        return (connection, notices)
    }

    /// Makes an empty journal under another name first, so that a crash never leaves half of one.
    private func create() throws(JournalError) {
        let unfinished = path + ".new"
        do throws(FileError) {
            try DurableFile.removeIfPresent(unfinished)
            try DurableFile.removeIfPresent(unfinished + "-journal")
        } catch { throw failed("create", error.systemErrno) }
        try JournalError.translating("create", unfinished) { () throws(DatabaseError) in
            try Database(path: unfinished, creating: true).execute(JournalSchema.creation)
        }
        do throws(FileError) {
            try DurableFile.rename(unfinished, to: path)
        } catch { throw failed("create", error.systemErrno) }
    }

    /// Applies the settings and takes the exclusive lock, kept until the connection closes.
    private func lock(_ database: Database) throws(JournalError) {
        try JournalError.translating("open", path) { () throws(DatabaseError) in
            database.setBusyTimeout(milliseconds: JournalSchema.busyTimeoutMilliseconds)
            // Because a clean end empties the log by itself, and after a failed write the log
            // must stay as it is.
            try database.keepLogOnClose()
            for setting in JournalSchema.settings { try database.execute(setting) }
            try database.execute("BEGIN IMMEDIATE; ROLLBACK")
        }
    }

    /// Refuses files that are not journals of this version.
    private func recognise(_ database: Database) throws(JournalError) {
        let (application, version) = try JournalError.translating("read", path) {
            () throws(DatabaseError) in
            (
                try database.integer("PRAGMA application_id"),
                try database.integer("PRAGMA user_version")
            )
        }
        guard application == JournalSchema.applicationID else { throw .notAJournal(path: path) }
        guard version == JournalSchema.version || version == JournalSchema.erasureVersion else {
            throw .unknownVersion(
                path: path, found: version ?? 0, supported: JournalSchema.erasureVersion)
        }
    }

    /// Refuses a write-ahead log that lost what was once acknowledged; reports a torn end.
    private func checkLog() throws(JournalError) -> [String] {
        let logPath = path + "-wal"
        guard access(logPath, F_OK) == 0 else { return [] }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(logPath)
        } catch { throw failed("read the log of", error.systemErrno) }
        switch WriteAheadLog(bytes).verdict {
        case .intact:
            return []
        case .tornEnd(let frameCount):
            return [
                "\(logPath): dropped a torn, never acknowledged change at its end "
                    + "(\(frameCount) pages)"
            ]
        case .damaged(let detail):
            throw .damaged(path: logPath, detail: detail)
        }
    }

    /// Refuses a file whose structure is broken or whose entries have gaps; returns the last
    /// sequence.
    private func check(_ database: Database) throws(JournalError) -> Int64 {
        let (problem, last, count, highest) = try JournalError.translating("read", path) {
            () throws(DatabaseError) in
            (
                try database.text(JournalSchema.quickCheck),
                try database.integer(JournalSchema.lastSequence) ?? 0,
                try database.integer(JournalSchema.count) ?? 0,
                try database.integer(JournalSchema.highestSequence) ?? 0
            )
        }
        guard problem == "ok" else {
            throw .damaged(path: path, detail: problem ?? "SQLite's check gave no answer")
        }
        guard count == last, highest == last else {
            throw .damaged(
                path: path,
                detail: "it holds \(count) entries, the last is \(last), and \(highest) were given")
        }
        return last
    }

    private func failed(_ operation: String, _ systemErrno: Int32) -> JournalError {
        .failed(operation: operation, path: path, detail: String(cString: strerror(systemErrno)))
    }
}
