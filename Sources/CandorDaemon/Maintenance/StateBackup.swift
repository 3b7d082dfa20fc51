// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Copies a state directory, also while a daemon works in it, into a folder that can be restored.
///
/// The copy is consistent and holds every write that was acknowledged before the backup began: a
/// `StateHold` keeps checkpoints, FORGET and the removal of old generations off meanwhile, so that
/// generations and the journal's main file stand still and its log is only added to; the copy of the
/// journal is then opened as after a crash, and every entry is proved. A backup is a folder laid out
/// like a state directory, with `SHA256SUMS` of every file; it gets its name when all of it is on
/// disk.
public struct StateBackup {
    /// What a backup holds.
    public struct Summary: Sendable, Equatable {
        /// The generation that a restored daemon serves.
        public let generation: Int
        /// All generations in it, ascending.
        public let generations: [Int]
        /// The last entry of its journal.
        public let journalSequence: Int64
        /// How many files it has.
        public let fileCount: Int
        /// How many bytes its files have.
        public let byteCount: Int
        /// What was left out, and why.
        public let notices: [String]
    }

    private static let copyAttempts = 3

    private let state: String
    private let target: String
    /// Where the backup is put together.
    private let unfinished: String

    /// A backup of the state directory at `state`, to be called `target`.
    public init(of state: String, to target: String) {
        self.state = StateDirectory.trimmed(state)
        self.target = StateDirectory.trimmed(target)
        unfinished = self.target + ".unfinished"
    }

    /// Makes it, in O(bytes), durable on return.
    ///
    /// Throws, and leaves nothing called `target`, when the target exists, what is to be served is
    /// damaged, or copying fails. While a daemon forgets a user it waits for the end of that.
    public func run() throws(MaintenanceError) -> Summary {
        try MaintenanceError.translating {
            guard DurableFolder.status(target) == nil else {
                throw MaintenanceError.targetExists(path: target)
            }
            let generations = state + "/" + StateDirectory.generationsName
            guard DurableFolder.exists(generations) else {
                throw MaintenanceError.nothingToBackUp(
                    path: state, reason: "it holds no generations")
            }
            try prepare()
            do {
                let hold = try StateHold.waiting(.alone, generations)
                defer { withExtendedLifetime(hold) {} }
                let summary = try copyAll()
                try DurableFile.rename(unfinished, to: target)
                return summary
            } catch {
                // Because the failure is what matters; what is left goes with the next attempt.
                try? DurableFolder.removeTree(unfinished)
                throw error
            }
        }
    }

    /// Makes an empty folder to work in, in the place of one that an interrupted backup left.
    private func prepare() throws {
        if DurableFolder.status(unfinished) != nil {
            let own = [
                StateDirectory.generationsName, StateDirectory.journalName,
                StateDirectory.journalName + "-wal", StateDirectory.currentName,
                HashList.fileName,
            ]
            guard try DurableFolder.names(in: unfinished).allSatisfy(own.contains) else {
                throw MaintenanceError.unfinishedInTheWay(path: unfinished)
            }
            try DurableFolder.removeTree(unfinished)
        }
        _ = try DurableFolder.create(unfinished)
    }

    private func copyAll() throws -> Summary {
        let currentPath = state + "/" + StateDirectory.currentName
        guard let record = try GenerationStore.record(inFileAt: currentPath) else {
            throw MaintenanceError.nothingToBackUp(
                path: state, reason: "CURRENT names no generation")
        }
        let current = record.number
        var list = HashList()
        var notices: [String] = []
        let copied = try copyGenerations(current, &list, &notices)
        guard copied.numbers.contains(current) else {
            throw MaintenanceError.nothingToBackUp(
                path: state, reason: "CURRENT names generation \(current), which is not there")
        }
        let sequence = try copyJournal(reaching: copied.journalSequence)
        for name in [StateDirectory.journalName, StateDirectory.currentName] {
            if name == StateDirectory.currentName {
                // What is restored serves what was backed up, however long that is ago.
                try DurableFile.create(unfinished + "/" + name, Array(record.confirmed.text.utf8))
            }
            list.add(try FileCopy.hash(of: unfinished + "/" + name), name)
        }
        try DurableFile.create(unfinished + "/" + HashList.fileName, list.bytes)
        try DurableFile.flushDirectory(unfinished)
        let bytes = list.entries.map { DurableFolder.byteCount(unfinished + "/" + $0.name) ?? 0 }
        return Summary(
            generation: current, generations: copied.numbers, journalSequence: sequence,
            fileCount: list.entries.count, byteCount: bytes.reduce(0, +), notices: notices)
    }

    /// Copies every generation that is intact; only the one that serves must be.
    private func copyGenerations(
        _ current: Int, _ list: inout HashList, _ notices: inout [String]
    ) throws -> (numbers: [Int], journalSequence: Int64) {
        let source = state + "/" + StateDirectory.generationsName
        let target = unfinished + "/" + StateDirectory.generationsName
        _ = try DurableFolder.create(target)
        var numbers: [Int] = []
        var sequence: Int64 = 0
        for name in try DurableFolder.names(in: source) {
            guard let number = GenerationStore.number(of: name) else { continue }
            let hashes = try copyFolder(source + "/" + name, to: target + "/" + name)
            let files = GenerationFiles(number: number, path: target + "/" + name)
            let (manifest, problems) = try files.proved()
            guard problems.isEmpty, let manifest else {
                // Because without a manifest there is at least one.
                let problem = problems[0]
                guard number != current else {
                    throw MaintenanceError.servingDamaged(
                        number: number, file: problem.file, reason: problem.reason)
                }
                notices.append(
                    "left out generation \(number): \(problem.file) \(problem.reason); run "
                        + "'candord fsck'")
                try DurableFolder.removeTree(target + "/" + name)
                continue
            }
            sequence = max(sequence, manifest.generation.journalSequence)
            for (file, hash) in hashes {
                list.add(hash, "\(StateDirectory.generationsName)/\(name)/\(file)")
            }
            numbers.append(number)
        }
        try DurableFile.flushDirectory(target)
        return (numbers, sequence)
    }

    /// Copies the files of a folder; returns their names and hashes.
    private func copyFolder(
        _ source: String, to target: String
    ) throws(FileError) -> [(file: String, hash: String)] {
        _ = try DurableFolder.create(target)
        var hashes: [(file: String, hash: String)] = []
        for file in try DurableFolder.names(in: source) where !file.hasSuffix(".new") {
            hashes.append((file, try FileCopy.copy(source + "/" + file, to: target + "/" + file)))
        }
        try DurableFile.flushDirectory(target)
        return hashes
    }

    /// Copies the journal and returns its last sequence.
    ///
    /// A refused change can leave pages in the log that the next one writes anew; a copy that met
    /// such a moment does not prove right and is made again.
    private func copyJournal(reaching sequence: Int64) throws -> Int64 {
        var reason = ""
        for _ in 0..<Self.copyAttempts {
            do {
                return try copyJournalOnce(reaching: sequence)
            } catch let error as JournalError {
                reason = error.description
            }
        }
        throw MaintenanceError.journalUnsteady(reason: reason)
    }

    /// Copies the journal as a crash at this moment would leave it, and opens the copy.
    private func copyJournalOnce(reaching sequence: Int64) throws -> Int64 {
        let name = StateDirectory.journalName
        let (copy, copiedLog) = (unfinished + "/" + name, unfinished + "/" + name + "-wal")
        try DurableFile.removeIfPresent(copy)
        try DurableFile.removeIfPresent(copiedLog)
        _ = try FileCopy.copy(state + "/" + name, to: copy)
        if DurableFolder.exists(state + "/" + name + "-wal") {
            _ = try FileCopy.copy(state + "/" + name + "-wal", to: copiedLog)
        }
        let last: Int64
        do {
            let journal = try Journal.open(copy)
            _ = try journal.entries(after: 0)
            try journal.requireReach(sequence)
            last = journal.lastSequence
        }
        // Because opening has moved all of it into the main file, the log is empty.
        try DurableFile.removeIfPresent(copiedLog)
        return last
    }
}
