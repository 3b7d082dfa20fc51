// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Logging
public import Ratings

extension GenerationStore {
    /// How often to look whether a backup has ended.
    private static let waitMicroseconds: UInt32 = 50_000

    /// Rewrites every saved generation that knows `user` without that user, or removes it where it is
    /// damaged.
    ///
    /// Each directory is replaced as a whole, so that after a crash it is the old one or the new one;
    /// calling again finishes what is left. `held` is used for its number instead of what is on disk.
    /// `progress` is told how much is done (0…1) and of which generation. O(ratings) for each.
    ///
    /// - Returns: The generations that were changed, newest first.
    @discardableResult
    public func forget(
        _ user: UserID, held: Generation? = nil, progress: (Double, Int) -> Void = { _, _ in }
    ) throws(GenerationError) -> [ForgottenGeneration] {
        let numbers = try numbers()
        var forgotten: [ForgottenGeneration] = []
        for (place, number) in numbers.reversed().enumerated() {
            progress(Double(place) / Double(numbers.count), number)
            if let found = try forget(user, in: number, held) { forgotten.append(found) }
        }
        return forgotten
    }

    private func forget(
        _ user: UserID, in number: Int, _ held: Generation?
    ) throws(GenerationError) -> ForgottenGeneration? {
        let generation: Generation
        do throws(GenerationError) {
            if let held, held.number == number {
                generation = held
            } else {
                let files = GenerationFiles(number: number, path: path(of: number))
                guard try files.ratingCount(of: user) != nil else { return nil }
                generation = try files.load()
            }
        } catch {
            switch error {
            case .damaged, .unknownFormat:
                try removeUnreadable(number, because: error)
                return ForgottenGeneration(number: number, outcome: .removed)
            case .missing, .nothingServed, .numberTaken, .file: throw error
            }
        }
        guard let index = generation.users.index(of: user) else { return nil }
        try replace(generation.removing(index))
        let count = generation.matrix.byUser.range(ofRow: index.position).count
        return ForgottenGeneration(
            number: number, inputs: generation.manifest.training.demographics,
            outcome: .rewritten(ratingCount: count))
    }

    private func removeUnreadable(
        _ number: Int, because error: GenerationError
    ) throws(GenerationError) {
        do throws(FileError) {
            try DurableFolder.remove(path(of: number))
            try DurableFile.flushDirectory(directory.generationsPath)
        } catch { throw .file(error) }
        logger.warning("removed generation \(number), which could not be rewritten: \(error)")
    }

    /// Removes all exported files, which hold rows of every user; returns their names.
    @discardableResult
    func removeExports() throws(GenerationError) -> [String] {
        guard DurableFolder.exists(directory.exportsPath) else { return [] }
        do throws(FileError) {
            let names = try DurableFolder.names(in: directory.exportsPath)
            try DurableFolder.remove(directory.exportsPath)
            try DurableFile.flushDirectory(directory.path)
            return names
        } catch { throw .file(error) }
    }

    /// Removes all that repairs and restores moved aside, which may hold rows of every user; returns
    /// the names.
    @discardableResult
    func removeSetAside() throws(GenerationError) -> [String] {
        guard DurableFolder.exists(directory.setAsidePath) else { return [] }
        do throws(FileError) {
            let names = try DurableFolder.names(in: directory.setAsidePath)
            try DurableFolder.removeTree(directory.setAsidePath)
            try DurableFile.flushDirectory(directory.path)
            return names
        } catch { throw .file(error) }
    }

    /// Waits until no backup copies the files, and keeps the next one from beginning.
    func holdShared() throws(GenerationError) -> StateHold {
        do throws(FileError) {
            return try StateHold.waiting(.shared, directory.generationsPath)
        } catch { throw .file(error) }
    }

    /// The same, but asks `goesOn` many times a second while there is one to wait for; nil when it says
    /// no.
    func holdShared(whileWaiting goesOn: () -> Bool) throws(GenerationError) -> StateHold? {
        while true {
            if let hold = try sharedHoldAtOnce() { return hold }
            guard goesOn() else { return nil }
            usleep(Self.waitMicroseconds)
        }
    }

    /// Puts `generation` in the place of the saved one of its number.
    private func replace(_ generation: Generation) throws(GenerationError) {
        let name = Self.name(of: generation.number)
        let place = path(of: generation.number)
        let unfinished = unfinishedPath(of: generation.number)
        let replaced = directory.generationsPath + "/" + Self.replacedPrefix + name
        do throws(FileError) {
            try DurableFolder.remove(unfinished)
            try DurableFolder.remove(replaced)
            _ = try DurableFolder.create(unfinished)
            try GenerationFiles(number: generation.number, path: unfinished).write(generation)
            try DurableFile.rename(place, to: replaced)
            try DurableFile.rename(unfinished, to: place)
            try DurableFolder.remove(replaced)
            try DurableFile.flushDirectory(directory.generationsPath)
        } catch { throw .file(error) }
    }

    /// Ends what an interrupted replacement left: the old directory goes back to its place unless the
    /// new one is there.
    ///
    /// Returns what was settled.
    static func settleReplacements(in generationsPath: String) throws(FileError) -> [String] {
        let names = try DurableFolder.names(in: generationsPath).filter {
            $0.hasPrefix(replacedPrefix)
        }
        for name in names {
            let replaced = generationsPath + "/" + name
            let place = generationsPath + "/" + name.dropFirst(replacedPrefix.count)
            if DurableFolder.exists(place) {
                try DurableFolder.remove(replaced)
            } else {
                try DurableFile.rename(replaced, to: place)
            }
        }
        return names
    }
}
