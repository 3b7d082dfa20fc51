// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Puts what `StateBackup` made into a state directory.
///
/// Every file is proved by its hash before and while it is copied. Until all of it is on disk the
/// directory holds a folder `restoring`, with which no daemon starts; an interrupted restore is ended
/// by the same one run again. Nothing is ever deleted: what is in the way is moved aside.
public struct StateRestore {
    /// What was restored.
    public struct Summary: Sendable, Equatable {
        /// The generation that the daemon will serve.
        public let generation: Int
        /// All restored generations, ascending.
        public let generations: [Int]
        /// The last entry of the journal.
        public let journalSequence: Int64
        /// Where what was in the way lies now, inside the state directory; nil when nothing was.
        public let setAside: String?
    }

    private let backup: String
    private let state: String
    private let isReplacing: Bool

    /// A restore of the backup at `backup` into the state directory at `state`, which is made when it
    /// does not exist and must be empty unless `isReplacing`.
    public init(of backup: String, into state: String, isReplacing: Bool = false) {
        self.backup = StateDirectory.trimmed(backup)
        self.state = StateDirectory.trimmed(state)
        self.isReplacing = isReplacing
    }

    /// Does it, in O(bytes), durable on return.
    ///
    /// Throws, having changed nothing, for a backup that does not prove right and for a directory
    /// that holds something or is in use.
    public func run() throws(MaintenanceError) -> Summary {
        try MaintenanceError.translating {
            let list = try proved()
            try StateDirectory.create(state)
            let directory = try StateDirectory(existing: state)
            let aside = try makeRoom(directory)
            try copy(list, directory)
            try publish(directory)
            let journal = try Journal.open(directory.journalPath)
            let record = try GenerationStore.record(inFileAt: directory.currentPath)
            guard let current = record?.number else { throw bad("CURRENT names no generation") }
            try DurableFolder.giveToOwner(of: state, state)
            return Summary(
                generation: current,
                generations: try DurableFolder.names(in: directory.generationsPath)
                    .compactMap(GenerationStore.number(of:)),
                journalSequence: journal.lastSequence, setAside: aside)
        }
    }

    private func bad(_ reason: String) -> MaintenanceError {
        .badBackup(path: backup, reason: reason)
    }

    /// The backup's list, once all files have proved right and no other is there.
    private func proved() throws -> HashList {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(backup + "/" + HashList.fileName)
        } catch {
            guard error.isMissing else { throw error }
            throw bad("\(HashList.fileName) is missing")
        }
        guard let list = HashList(bytes) else { throw bad("\(HashList.fileName) is damaged") }
        let listed = Set(list.entries.map(\.name))
        for name in [StateDirectory.currentName, StateDirectory.journalName]
        where !listed.contains(name) {
            throw bad("\(HashList.fileName) does not list \(name)")
        }
        for name in try names(in: "") where !listed.contains(name) && name != HashList.fileName {
            throw bad("\(name) is not listed in \(HashList.fileName)")
        }
        for entry in list.entries {
            guard DurableFolder.status(backup + "/" + entry.name) != nil else {
                throw bad("\(entry.name) is missing")
            }
            try expect(entry, try FileCopy.hash(of: backup + "/" + entry.name))
        }
        return list
    }

    private func expect(_ entry: HashList.Entry, _ hash: String) throws {
        guard hash == entry.hash else {
            throw bad("\(entry.name) does not match its hash in \(HashList.fileName)")
        }
    }

    /// All files below a folder of the backup, by their names inside the backup.
    private func names(in folder: String) throws(FileError) -> [String] {
        var found: [String] = []
        for name in try DurableFolder.names(in: folder.isEmpty ? backup : backup + "/" + folder) {
            let place = folder.isEmpty ? name : folder + "/" + name
            let mode = DurableFolder.status(backup + "/" + place)?.st_mode ?? 0
            if mode & S_IFMT == S_IFDIR {
                found += try names(in: place)
            } else {
                found.append(place)
            }
        }
        return found
    }

    /// Marks the directory as being restored and moves aside what it holds; returns where to.
    private func makeRoom(_ directory: StateDirectory) throws -> String? {
        let isResumed = DurableFolder.exists(directory.restoringPath)
        let kept = [
            StateDirectory.lockName, StateDirectory.setAsideName, StateDirectory.restoringName,
        ]
        let found = try DurableFolder.names(in: state).filter { !kept.contains($0) }
        guard found.isEmpty || isReplacing || isResumed else {
            throw MaintenanceError.stateNotEmpty(path: state, found: found)
        }
        if try DurableFolder.create(directory.restoringPath) {
            try DurableFile.flushDirectory(state)
        }
        for name in try DurableFolder.names(in: directory.restoringPath) {
            try DurableFolder.removeTree(directory.restoringPath + "/" + name)
        }
        guard !found.isEmpty else { return nil }
        return try directory.setAside(
            found.map { state + "/" + $0 }, as: "before-restore", inFolder: true)
    }

    private func copy(_ list: HashList, _ directory: StateDirectory) throws {
        let place = directory.restoringPath
        var folders: Set<String> = []
        for entry in list.entries {
            let parts = entry.name.split(separator: "/").map(String.init)
            for depth in 1..<max(parts.count, 1) {
                let folder = parts[..<depth].joined(separator: "/")
                if folders.insert(folder).inserted {
                    _ = try DurableFolder.create(place + "/" + folder)
                }
            }
            try expect(
                entry,
                try FileCopy.copy(backup + "/" + entry.name, to: place + "/" + entry.name))
        }
        for folder in folders { try DurableFile.flushDirectory(place + "/" + folder) }
        try DurableFile.flushDirectory(place)
    }

    /// Gives the copied files their places, `CURRENT` last, and takes the mark away.
    private func publish(_ directory: StateDirectory) throws {
        let names = try DurableFolder.names(in: directory.restoringPath)
        let ordered =
            names.filter { $0 != StateDirectory.currentName } + [StateDirectory.currentName]
        for name in ordered {
            try DurableFile.rename(directory.restoringPath + "/" + name, to: state + "/" + name)
        }
        try DurableFolder.removeTree(directory.restoringPath)
        try DurableFile.flushDirectory(state)
    }
}
