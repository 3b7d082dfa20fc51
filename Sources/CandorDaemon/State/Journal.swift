// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings
import Synchronization

/// The durable, append-only record of rating changes, in one SQLite file.
///
/// What `append` returned is on disk and survives `kill -9` and power loss. One process at a time
/// owns a journal; any thread of it may call. Sequences run 1, 2, 3 … without gaps and are never
/// used again. Nothing is ever dropped silently: damage is an error at opening or reading, and a
/// torn, never acknowledged end is trimmed with a notice.
public final class Journal: JournalStorage {
    /// The file.
    public let path: String
    /// What opening found that an operator should read; empty when all was well.
    public let notices: [String]
    private let connection: Mutex<JournalConnection>
    /// The folder whose `StateHold` is shared by whatever moves what was on disk; nil: nobody copies.
    private let holdPath: String?

    private init(
        _ connection: sending JournalConnection, path: String, holdPath: String?,
        notices: [String]
    ) {
        self.path = path
        self.holdPath = holdPath
        self.notices = notices
        self.connection = Mutex(connection)
    }

    /// Opens the journal at `path`, or creates it there.
    ///
    /// Checks the whole file's structure, in O(entries), about 0.1 s a million. `holdPath` is the
    /// folder of the generations in the same state directory: while a backup copies the files there,
    /// opening waits and checkpoints are put off. A disk without room for what the log holds is an
    /// error, or, with `toleratesFullDisk`, a notice: then all can be read, and changes are refused
    /// until there is room.
    public static func open(
        _ path: String, holdPath: String? = nil, toleratesFullDisk: Bool = false
    ) throws(JournalError) -> Journal {
        let opened = try JournalOpening(
            path: path, holdPath: holdPath, toleratesFullDisk: toleratesFullDisk
        ).open()
        return Journal(
            opened.connection, path: path, holdPath: holdPath, notices: opened.notices)
    }

    /// Looks at the journal at `path`, which nobody has open, and proves every entry; changes nothing.
    ///
    /// O(entries). Throws what `open` or reading would.
    static func inspect(_ path: String) throws(JournalError) -> JournalInspection {
        let opening = JournalOpening(path: path, holdPath: nil)
        let hadLog = DurableFolder.exists(opening.logPath)
        let (connection, notices) = try opening.openAsItIs()
        let lastSequence = connection.lastSequence
        let isForgetting = try connection.unfinishedForgetting().isAny
        let journal = Journal(connection, path: path, holdPath: nil, notices: notices)
        var erasedCount = Int(lastSequence)
        try journal.forEachStep(after: 0) { erasedCount -= $0.count }
        return JournalInspection(
            notices: notices, lastSequence: lastSequence, erasedCount: erasedCount,
            hasUnfinishedForgetting: isForgetting, madeLogPath: hadLog ? nil : opening.logPath)
    }

    /// Makes all `changes` durable in one transaction, or none.
    ///
    /// Returns their sequences, in order; an empty range for no changes.
    public func append(_ changes: [RatingChange]) throws(JournalError) -> Range<Int64> {
        try emptyOldLog()
        return try connection.withLock { (connection) throws(JournalError) in
            try connection.append(changes)
        }
    }

    /// Empties a log that opening could not for want of room.
    ///
    /// Because remains at its end would look like damage once something follows them.
    private func emptyOldLog() throws(JournalError) {
        guard connection.withLock({ $0.hasOldLog }) else { return }
        guard try checkpoint() else {
            throw .diskFull(path: path, detail: "its log waits for the end of a backup")
        }
    }

    /// All entries after `sequence`, ascending; 0 gives the whole journal, without those of users who
    /// were forgotten.
    ///
    /// Reads in steps, so that appends go on meanwhile; those that were appended before the call
    /// are all there. Throws when an entry is missing or does not match its checksum.
    public func entries(after sequence: Int64) throws(JournalError) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try forEachStep(after: sequence) { entries += $0 }
        return entries
    }

    /// All entries of `user` up to `sequence`, ascending, in O(entries of all).
    ///
    /// Reads and throws as `entries(after:)` does.
    public func entries(of user: UserID, upTo sequence: Int64) throws(JournalError)
        -> [JournalEntry]
    {
        var entries: [JournalEntry] = []
        try forEachStep(after: 0) { step in
            entries += step.filter { $0.change.user == user && $0.sequence <= sequence }
        }
        return entries
    }

    /// Reads all entries after `sequence` in steps, so that appends go on meanwhile.
    private func forEachStep(
        after sequence: Int64, _ body: ([JournalEntry]) -> Void
    ) throws(JournalError) {
        let stepCount = 4_096
        var last = sequence
        while true {
            let step = try connection.withLock { (connection) throws(JournalError) in
                try connection.entries(after: last, count: stepCount)
            }
            body(step.entries)
            guard step.placeCount == stepCount else { return }
            last += Int64(stepCount)
        }
    }

    /// The sequence of the newest entry, or 0.
    public var lastSequence: Int64 { connection.withLock { $0.lastSequence } }

    /// The number of entries ever made, those of forgotten users included: sequences have no gaps.
    public var count: Int { Int(lastSequence) }

    /// Moves the write-ahead log into the database file and empties it.
    ///
    /// `JournalWriter` calls this from time to time and at the end. Returns false, and changes
    /// nothing, while a backup copies the files.
    @discardableResult
    public func checkpoint() throws(JournalError) -> Bool {
        var hold: StateHold?
        if let holdPath {
            do throws(FileError) {
                hold = try StateHold.sharedAtOnce(holdPath)
            } catch {
                throw .failed(operation: "checkpoint", path: path, detail: error.description)
            }
            guard hold != nil else { return false }
        }
        defer { withExtendedLifetime(hold) {} }
        try connection.withLock { (connection) throws(JournalError) in
            try connection.checkpoint()
        }
        return true
    }

    /// Takes all entries of `user` away and notes that the user is being forgotten, at once; durable
    /// on return.
    ///
    /// Their bytes may linger in the file until `finishForgetting`. O(entries).
    ///
    /// - Returns: How many entries were taken away, and the newest sequence that was looked at.
    public func beginForgetting(
        _ user: UserID
    ) throws(JournalError) -> (erasedCount: Int, journalSequence: Int64) {
        try emptyOldLog()
        return try connection.withLock { (connection) throws(JournalError) in
            (try connection.beginForgetting(user), connection.lastSequence)
        }
    }

    /// The users whose forgetting was begun and not finished; `isAny` also says so of those whose
    /// bytes alone may linger.
    public func unfinishedForgetting() throws(JournalError) -> (users: [UserID], isAny: Bool) {
        try connection.withLock { (connection) throws(JournalError) in
            try connection.unfinishedForgetting()
        }
    }

    /// Rids the file of all bytes of what was taken away, by building it anew; durable on return.
    ///
    /// O(entries), during which nothing else is read or written.
    public func finishForgetting() throws(JournalError) {
        try connection.withLock { (connection) throws(JournalError) in
            try connection.finishForgetting()
        }
    }

    /// Throws unless the journal reaches `sequence`, which a saved generation contains: one that ends
    /// before it has lost entries.
    public func requireReach(_ sequence: Int64) throws(JournalError) {
        let last = lastSequence
        guard last >= sequence else {
            throw .entriesMissing(path: path, expected: sequence, found: last)
        }
    }

    /// Limits the file to `count` pages, so that a test can fill it.
    func limitPages(to count: Int) throws(DatabaseError) {
        try connection.withLock { (connection) throws(DatabaseError) in
            try connection.limitPages(to: count)
        }
    }
}
