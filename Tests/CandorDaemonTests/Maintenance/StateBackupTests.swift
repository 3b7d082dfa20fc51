// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("StateBackup and StateRestore")
struct StateBackupTests {
    let state: SmallState
    let place: ScratchDirectory
    var target: String { place.file("backup") }
    var restored: String { place.file("restored") }

    init() throws {
        state = try SmallState()
        place = try ScratchDirectory()
    }

    private func changes(in folder: String) throws -> [RatingChange] {
        try Journal.open(folder + "/journal.sqlite").entries(after: 0).map(\.change)
    }

    @Test("a restored backup has every generation byte by byte and every change")
    func roundTrip() throws {
        let summary = try StateBackup(of: state.path, to: target).run()
        #expect(summary.generation == 2)
        #expect(summary.generations == [1, 2])
        #expect(summary.journalSequence == Int64(SmallState.changeCount))
        #expect(summary.notices == [])
        #expect(try place.names() == ["backup"])
        #expect(try StateRestore(of: target, into: restored).run().generation == 2)
        let (before, after) = (try state.contents(), try FileTree.contents(of: restored))
        for (name, bytes) in before where !name.hasPrefix("journal") {
            #expect(after[name] == bytes, "\(name)")
        }
        #expect(try changes(in: restored) == RatingChange.samples(SmallState.changeCount))
        #expect(try StateCheck(restored).run().filter(\.isProblem) == [])
    }

    @Test("what was acknowledged before a backup began is in it while more is written")
    func underWrites() throws {
        let journal = try Journal.open(
            state.scratch.file("journal.sqlite"), holdPath: state.scratch.file("generations"))
        let isOver = Semaphore()
        let thread = WorkerThread {
            for number in 0..<3_000 {
                // Because a change that fails shows in the count below.
                _ = try? journal.append(RatingChange.samples(number % 5 + 1))
                if number % 100 == 0 { _ = try? journal.checkpoint() }
            }
            isOver.signal()
        }
        var reached: [Int64] = []
        for number in 0..<8 {
            let before = journal.lastSequence
            let folder = place.file("backup-\(number)")
            let summary = try StateBackup(of: state.path, to: folder).run()
            #expect(summary.journalSequence >= before)
            #expect(try changes(in: folder).count == Int(summary.journalSequence))
            reached.append(summary.journalSequence)
        }
        isOver.wait()
        thread.join()
        #expect(reached == reached.sorted())
        #expect(journal.lastSequence > 9_000)
    }

    @Test("while files are copied checkpoints and the removal of generations are put off")
    func hold() throws {
        let generations = state.scratch.file("generations")
        let journal = try Journal.open(state.scratch.file("journal.sqlite"), holdPath: generations)
        _ = try journal.append(RatingChange.samples(3))
        let store = try GenerationStore(
            StateDirectory(state.path), logger: LogRecorder().logger, keptCount: 1)
        var hold: StateHold? = try StateHold.waiting(.alone, generations)
        let main = try state.scratch.bytes("journal.sqlite")
        #expect(try !journal.checkpoint())
        _ = try journal.append(RatingChange.samples(3))
        try store.save(Generation.sample(3))
        try store.promote(3)
        #expect(try state.scratch.bytes("journal.sqlite") == main)
        #expect(try state.scratch.names("generations") == ["000001", "000002", "000003"])
        withExtendedLifetime(hold) {}
        hold = nil
        #expect(try journal.checkpoint())
        #expect(try state.scratch.bytes("journal.sqlite-wal").isEmpty)
        try store.promote(3)
        #expect(try state.scratch.names("generations") == ["000002", "000003"])
    }

    @Test("a backup needs a new name and a state to copy, and leaves nothing when it fails")
    func refusals() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        #expect(throws: MaintenanceError.targetExists(path: target)) {
            try StateBackup(of: state.path, to: target).run()
        }
        #expect(throws: MaintenanceError.self) {
            try StateBackup(of: place.path, to: place.file("other")).run()
        }
        try place.write("third.unfinished", [1])
        #expect(throws: MaintenanceError.self) {
            try StateBackup(of: state.path, to: place.file("third")).run()
        }
        try state.scratch.write("generations/000002/rating-head.bin", [1])
        #expect(throws: MaintenanceError.self) {
            try StateBackup(of: state.path, to: place.file("fourth")).run()
        }
        #expect(try place.names() == ["backup", "third.unfinished"])
    }

    @Test("a damaged generation that does not serve is left out with a word of it")
    func leftOut() throws {
        try state.scratch.write("generations/000001/rating-head.bin", [1])
        let summary = try StateBackup(of: state.path, to: target).run()
        #expect(summary.generations == [2])
        #expect(summary.notices.first?.contains("left out generation 1") == true)
        #expect(try StateRestore(of: target, into: restored).run().generations == [2])
    }

    @Test("what an interrupted backup left does not stop the next")
    func interrupted() throws {
        try FileManager.default.createDirectory(
            atPath: target + ".unfinished/generations/000009", withIntermediateDirectories: true)
        _ = try StateBackup(of: state.path, to: target).run()
        #expect(try place.names() == ["backup"])
        #expect(try place.names("backup/generations") == ["000001", "000002"])
    }

    @Test("a backup of which any file was flipped, cut short, lost or added is refused")
    func damaged() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        let whole = try FileTree.contents(of: target)
        #expect(whole.count == 13)
        for (name, bytes) in whole {
            var flipped = bytes
            flipped[bytes.count / 2] ^= 0x04
            for damage in [nil, flipped, Array(bytes.dropLast()), bytes + [0x0A]] {
                let path = "backup/" + name
                if let damage {
                    try place.write(path, damage)
                } else {
                    try FileManager.default.removeItem(atPath: place.file(path))
                }
                let error = #expect(throws: MaintenanceError.self, "\(name)") {
                    try StateRestore(of: target, into: restored).run()
                }
                guard case .badBackup = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
                #expect(!FileManager.default.fileExists(atPath: restored))
                try place.write(path, bytes)
            }
        }
        try place.write("backup/generations/000001/more.bin", [1])
        #expect(throws: MaintenanceError.self) {
            try StateRestore(of: target, into: restored).run()
        }
    }

    @Test("a list that is missing and one that cannot be read are told apart")
    func unreadableList() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        try place.becomesUnreadable("backup/SHA256SUMS")
        let error = #expect(throws: MaintenanceError.self) {
            try StateRestore(of: target, into: restored).run()
        }
        guard case .file? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        try FileManager.default.removeItem(atPath: place.file("backup/SHA256SUMS"))
        #expect(
            throws: MaintenanceError.badBackup(path: target, reason: "SHA256SUMS is missing")
        ) { try StateRestore(of: target, into: restored).run() }
    }

    @Test("a state directory that holds something is refused, or moved aside when told")
    func replaced() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        let before = try state.contents()
        let error = #expect(throws: MaintenanceError.self) {
            try StateRestore(of: target, into: state.path).run()
        }
        #expect(error?.description.contains("--replace") == true)
        #expect(try state.contents() == before)
        for name in ["before-restore", "before-restore-2"] {
            let summary = try StateRestore(of: target, into: state.path, isReplacing: true).run()
            #expect(summary.setAside == "set-aside/" + name)
            #expect(try state.problems() == [])
            #expect(try state.served() == 2)
        }
        let aside = try FileTree.contents(of: state.path + "/set-aside/before-restore")
        #expect(aside == before)
    }

    @Test("a directory in use is refused")
    func inUse() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        do {
            let holder = try StateDirectory(state.path)
            #expect(throws: MaintenanceError.self) {
                try StateRestore(of: target, into: state.path, isReplacing: true).run()
            }
            withExtendedLifetime(holder) {}
        }
        #expect(try state.served() == 2)
    }

    @Test("nothing starts on an interrupted restore, and the same one ends it")
    func interruptedRestore() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        _ = try StateRestore(of: target, into: restored).run()
        // As a crash between the renames leaves it.
        try FileManager.default.createDirectory(
            atPath: restored + "/restoring", withIntermediateDirectories: false)
        try FileManager.default.moveItem(
            atPath: restored + "/CURRENT", toPath: restored + "/restoring/CURRENT")
        #expect(throws: StateDirectoryError.restoreUnfinished(path: restored)) {
            try StateDirectory(restored)
        }
        #expect(try StateCheck(restored).run().contains { $0.place == "restoring" && $0.isProblem })
        _ = try StateRestore(of: target, into: restored).run()
        #expect(try StateCheck(restored).run().filter(\.isProblem) == [])
        #expect(try changes(in: restored).count == SmallState.changeCount)
    }

    @Test("forgetting a user removes what was moved aside, wherever the user may be in it")
    func forgetting() throws {
        _ = try StateBackup(of: state.path, to: target).run()
        _ = try StateRestore(of: target, into: state.path, isReplacing: true).run()
        let store = try state.store()
        #expect(try store.removeSetAside() == ["before-restore"])
        #expect(try !state.scratch.names().contains("set-aside"))
        #expect(try store.removeSetAside() == [])
    }
}
