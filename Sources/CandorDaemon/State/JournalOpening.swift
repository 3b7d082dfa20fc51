// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The steps that lead to a journal that can be trusted: create, lock, recognise, check.
struct JournalOpening {
    let path: String
    /// The folder whose `StateHold` is shared while the log is emptied; nil: nobody copies.
    let holdPath: String?
    /// Whether a disk without room is no reason not to open.
    var toleratesFullDisk = false

    /// The write-ahead log.
    var logPath: String { path + "-wal" }

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
        var (connection, notices) = try openAsItIs()
        // Because a log that begins empty holds no remains of earlier ones, so that its check
        // can tell a torn end from damage.
        let hold: StateHold?
        do throws(FileError) {
            hold = try holdPath.map { path throws(FileError) in
                try StateHold.waiting(.shared, path)
            }
        } catch { throw failed("lock the folder of", error.systemErrno) }
        defer { withExtendedLifetime(hold) {} }
        do throws(JournalError) {
            try connection.checkpoint()
        } catch {
            guard toleratesFullDisk, case .diskFull = error else { throw error }
            connection.keepLog()
            notices.append(
                "\(logPath) cannot be emptied, as the disk is full: what it holds is read, and "
                    + "changes are refused until there is room")
        }
        return (connection, notices)
    }

    /// Opens the existing file and checks it, but leaves what its log holds there.
    func openAsItIs() throws(JournalError)
        -> sending (
            connection: JournalConnection, notices: [String]
        )
    {
        try checkHeader()
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
            // Because ratings are personal data; the log beside it gets the same mode.
            try DurableFile.restrict(unfinished)
            try DurableFile.rename(unfinished, to: path)
        } catch { throw failed("create", error.systemErrno) }
    }

    /// Refuses a file that does not begin like a journal before SQLite sees it, which would take an
    /// empty one for new and delete its log.
    ///
    /// Source: sqlite.org/fileformat2.html, section 1.3, "The Database Header".
    private func checkHeader() throws(JournalError) {
        let header: [UInt8]
        let byteCount: Int
        do throws(FileError) {
            header = try DurableFile.read(path, first: 100)
            byteCount = DurableFolder.byteCount(path) ?? 0
        } catch { throw failed("read", error.systemErrno) }
        guard !header.isEmpty else { throw .notAJournal(path: path) }
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .damaged(path: path, detail: "it does not begin like an SQLite database")
        }
        let application = header[68..<72].reduce(0) { $0 << 8 | Int64($1) }
        guard application == JournalSchema.applicationID else { throw .notAJournal(path: path) }
        let pageBytes = Int(header[16]) << 8 | Int(header[17])
        // Because 65536 does not fit, it is written as 1.
        guard byteCount >= (pageBytes == 1 ? 65_536 : pageBytes) else {
            throw .damaged(path: path, detail: "it is cut short")
        }
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
