// SPDX-License-Identifier: GPL-3.0-or-later

public import Logging
public import Ratings
import Synchronization

/// The saved generations of a state directory, and which of them is to be served.
///
/// Whatever moment a crash comes at, what is found afterwards is a whole old generation or a whole
/// new one. A generation is written to a directory under a temporary name, every file flushed,
/// then the directory is flushed and renamed; `CURRENT` is replaced in the same manner. Nothing
/// that does not match its hash is ever served.
public final class GenerationStore: Sendable {
    /// How many intact generations are kept, unless more is asked for: the one that serves and
    /// four to go back to.
    ///
    /// Each has its own copy of the data, about 9 bytes a rating, so that damage to one leaves the
    /// others whole.
    public static let keptCountDefault = 5

    /// Begins the name of what is being saved or removed.
    static let unfinishedPrefix = ".new-"
    static let replacedPrefix = ".old-"

    let directory: StateDirectory
    let logger: Logger
    private let keptCount: Int
    /// The generation that was loaded or promoted last; another than `CURRENT` names after a
    /// fallback.
    let serving = Mutex<Int?>(nil)

    /// Opens the store inside `directory`, and removes what an interrupted save left there.
    ///
    /// Keeps the newest `keptCount` (at least 1) intact generations.
    public init(
        _ directory: StateDirectory, logger: Logger, keptCount: Int = keptCountDefault
    ) throws(GenerationError) {
        precondition(keptCount >= 1, "at least one generation is kept")
        self.directory = directory
        self.logger = logger
        self.keptCount = keptCount
        do throws(FileError) {
            if try DurableFolder.create(directory.generationsPath) {
                try DurableFile.flushDirectory(directory.path)
            }
            for name in try DurableFolder.names(in: directory.generationsPath)
            where name.hasPrefix(Self.unfinishedPrefix) {
                try DurableFolder.remove(directory.generationsPath + "/" + name)
                logger.notice("removed \(name), left by an interrupted save or removal")
            }
            for name in try Self.settleReplacements(in: directory.generationsPath) {
                logger.notice("settled \(name), left by an interrupted replacement")
            }
        } catch { throw .file(error) }
    }

    /// The number for the next generation: one more than any that was ever seen here.
    public func nextNumber() throws(GenerationError) -> Int {
        max(try numbers().last ?? 0, try record()?.number ?? 0) + 1
    }

    /// Saves a generation under its number; durable on return, and not yet the one to serve.
    ///
    /// On a throw nothing of it is left. Throws `numberTaken` rather than replace anything.
    public func save(_ generation: Generation) throws(GenerationError) {
        let unfinished = unfinishedPath(of: generation.number)
        guard try !numbers().contains(generation.number) else {
            throw .numberTaken(number: generation.number)
        }
        do throws(FileError) {
            try DurableFolder.remove(unfinished)
            _ = try DurableFolder.create(unfinished)
            try GenerationFiles(number: generation.number, path: unfinished).write(generation)
            try DurableFile.rename(unfinished, to: path(of: generation.number))
        } catch {
            discard(generation.number)
            throw .file(error)
        }
        removeOld(except: generation.number)
    }

    /// Loads one generation, proving every file by its hash.
    public func load(_ number: Int) throws(GenerationError) -> Generation {
        guard try numbers().contains(number) else { throw .missing(number: number) }
        return try GenerationFiles(number: number, path: path(of: number)).load()
    }

    /// Loads the generation that `CURRENT` names in the state directory at `path`, proving every file;
    /// also while a daemon works there.
    public static func loadCurrent(inStateAt path: String) throws(GenerationError) -> Generation {
        let record: ServingRecord?
        do throws(FileError) {
            record = try self.record(inFileAt: path + "/" + StateDirectory.currentName)
        } catch { throw .file(error) }
        guard let number = record?.number else { throw .nothingServed(path: path) }
        let folder = path + "/" + StateDirectory.generationsName + "/" + name(of: number)
        guard DurableFolder.exists(folder) else { throw .missing(number: number) }
        return try GenerationFiles(number: number, path: folder).load()
    }

    /// All saved generations, newest first, told from their manifests and files' lengths.
    public func list() throws(GenerationError) -> [GenerationListing] {
        let serving = try servingNumber()
        let previous = try previous()
        return try numbers().reversed().map { number in
            do throws(GenerationError) {
                let manifest = try inspect(number)
                let status: GenerationListing.Status =
                    number == serving
                    ? .serving
                    : number == previous ? .previous : manifest.isRefused ? .refused : .kept
                return GenerationListing(number: number, manifest: manifest, status: status)
            } catch {
                return GenerationListing(
                    number: number, manifest: nil, status: .damaged(error.description))
            }
        }
    }

    /// How many ratings of `user` a saved generation's data has; nil when it does not know the user.
    ///
    /// O(ratings of the generation): the data is proved by its hash first.
    public func ratingCount(
        of user: UserID, in number: Int
    ) throws(GenerationError) -> Int? {
        guard try numbers().contains(number) else { throw .missing(number: number) }
        return try GenerationFiles(number: number, path: path(of: number)).ratingCount(of: user)
    }

    func inspect(_ number: Int) throws(GenerationError) -> GenerationManifest {
        guard try numbers().contains(number) else { throw .missing(number: number) }
        return try GenerationFiles(number: number, path: path(of: number)).inspect()
    }

    /// Removes what is older than the kept generations; a failure is logged, as nothing is lost.
    ///
    /// While a backup copies the files nothing is removed; the next save or promotion does it.
    func removeOld(except number: Int) {
        do throws(GenerationError) {
            guard let hold = try sharedHoldAtOnce() else { return }
            defer { withExtendedLifetime(hold) {} }
            let listings = try list()
            let intact = listings.filter { $0.manifest != nil }.prefix(keptCount)
            guard intact.count == keptCount, let oldestKept = intact.last?.number else { return }
            let spared = [number, try record()?.number, try servingNumber(), try previous()]
            for listing in listings
            where listing.number < oldestKept && !spared.contains(listing.number) {
                discard(listing.number)
                logger.info("removed generation \(listing.number)")
            }
        } catch {
            logger.warning("cannot look for old generations: \(error)")
        }
    }

    /// Keeps a backup from beginning, or returns nil while one copies the files.
    func sharedHoldAtOnce() throws(GenerationError) -> StateHold? {
        do throws(FileError) {
            return try StateHold.sharedAtOnce(directory.generationsPath)
        } catch { throw .file(error) }
    }

    /// Removes a generation, saved or half saved; a failure is logged.
    ///
    /// Under another name first, so that a crash leaves none that lacks files.
    private func discard(_ number: Int) {
        let (saved, unfinished) = (path(of: number), unfinishedPath(of: number))
        do throws(FileError) {
            try DurableFolder.remove(unfinished)
            guard DurableFolder.exists(saved) else { return }
            try DurableFile.rename(saved, to: unfinished)
            try DurableFolder.remove(unfinished)
        } catch {
            logger.warning("\(error); remove it by hand")
        }
    }

    /// The numbers of all saved generations, ascending.
    func numbers() throws(GenerationError) -> [Int] {
        do throws(FileError) {
            return try DurableFolder.names(in: directory.generationsPath)
                .compactMap(Self.number(of:)).sorted()
        } catch { throw .file(error) }
    }

    /// The directory of a saved generation.
    func path(of number: Int) -> String {
        directory.generationsPath + "/" + Self.name(of: number)
    }

    /// Where a generation is put together, and taken apart.
    func unfinishedPath(of number: Int) -> String {
        directory.generationsPath + "/" + Self.unfinishedPrefix + Self.name(of: number)
    }

    /// The directory's name: the number in at least six digits.
    static func name(of number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The number that a directory's name stands for, or nil for any other name.
    static func number(of name: String) -> Int? {
        guard let number = Int(name), number >= 1, Self.name(of: number) == name else { return nil }
        return number
    }
}
