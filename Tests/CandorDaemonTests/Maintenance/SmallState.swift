// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging

@testable import CandorDaemon

/// A state directory as a daemon that was killed leaves it: generations 1 and 2, of which 2 is to be
/// served, and a journal whose last changes are in its log.
final class SmallState {
    /// How many changes the journal has: more than the generations have learned.
    static let changeCount = 230
    /// How many of them are in the main file.
    static let settledCount = 210

    let scratch: ScratchDirectory
    var path: String { scratch.path }

    init() throws {
        scratch = try ScratchDirectory()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: scratch.path)
        let store = try store()
        for number in 1...2 {
            try store.save(Generation.sample(number))
            try store.promote(number)
        }
        let journal = try Journal.open(scratch.file("journal.sqlite"))
        let changes = try RatingChange.samples(Self.changeCount)
        _ = try journal.append(Array(changes[..<Self.settledCount]))
        try journal.checkpoint()
        for change in changes[Self.settledCount...] { _ = try journal.append([change]) }
    }

    /// A state directory with the same content in another place.
    init(copying other: SmallState) throws {
        scratch = try ScratchDirectory()
        try FileManager.default.removeItem(atPath: scratch.path)
        try FileManager.default.copyItem(atPath: other.path, toPath: scratch.path)
    }

    func store() throws -> GenerationStore {
        try GenerationStore(StateDirectory(path), logger: LogRecorder().logger)
    }

    /// Every file but the lock: its name inside the directory and its content.
    func contents() throws -> [String: [UInt8]] {
        try FileTree.contents(of: path).filter { $0.key != "lock" }
    }

    /// What a check finds wrong.
    func problems() throws -> [StateFinding] {
        try StateCheck(path).run().filter(\.isProblem)
    }

    /// Carries out all repairs that a check finds, each once; returns what is wrong afterwards.
    func repaired() throws -> [StateFinding] {
        let check = try StateCheck(path)
        var done: [StateRepair] = []
        for case .repairable(let repair) in try check.run().map(\.kind) where !done.contains(repair)
        {
            try check.perform(repair)
            done.append(repair)
        }
        return try check.run().filter(\.isProblem)
    }

    /// The number of the generation that a daemon would serve without a complaint; nil: with one.
    func served() throws -> Int? {
        guard case .ready(let generation) = try store().start() else { return nil }
        return generation.number
    }
}
