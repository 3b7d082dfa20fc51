// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Synchronization

/// Which generation is served: `CURRENT`, and how it changes.
extension GenerationStore {
    /// What `CURRENT` says; nil when it is missing or names no generation.
    func record() throws(GenerationError) -> ServingRecord? {
        do throws(FileError) {
            return try Self.record(inFileAt: directory.currentPath)
        } catch { throw .file(error) }
    }

    /// What a file like `CURRENT` says; nil when it is missing or says something else.
    static func record(inFileAt path: String) throws(FileError) -> ServingRecord? {
        do throws(FileError) {
            return ServingRecord(text: String(decoding: try DurableFile.read(path), as: UTF8.self))
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
    }

    /// The generation that serves, as far as this store knows.
    func servingNumber() throws(GenerationError) -> Int? {
        if let number = serving.withLock({ $0 }) { return number }
        return try record()?.number
    }

    /// The generation that ROLLBACK goes back to: the latest other one that served and is kept.
    public func previous() throws(GenerationError) -> Int? {
        let (kept, serving) = (Set(try numbers()), try servingNumber())
        return try record()?.history.first { $0 != serving && kept.contains($0) }
    }

    /// By when the promotion of what serves must be confirmed; nil when it is final.
    public func confirmation() throws(GenerationError) -> Confirmation? {
        guard let record = try record(), try record.number == servingNumber() else { return nil }
        return record.confirmation
    }

    /// Makes a saved generation the one that is served from now on and at the next start.
    ///
    /// With `confirmation` the next start after its deadline goes back to what serves now. Durable
    /// on return. Throws when its manifest or a file's length is not right; the files' content is
    /// not read again.
    public func promote(
        _ number: Int, confirmation: Confirmation? = nil
    ) throws(GenerationError) {
        _ = try inspect(number)
        let serving = try servingNumber() ?? number
        try replaceRecord(
            (try record() ?? ServingRecord(number: serving)).promoting(
                number, over: serving, confirmation: confirmation))
        self.serving.withLock { $0 = number }
        removeOld(except: number)
    }

    /// Makes `number`, which served before, the one that is served again.
    ///
    /// What served since is no longer gone back to. Durable on return.
    public func rollBack(to number: Int) throws(GenerationError) {
        _ = try inspect(number)
        guard let record = try record(), record.history.contains(number) else {
            throw .missing(number: number)
        }
        try replaceRecord(record.rollingBack(to: number))
        serving.withLock { $0 = number }
    }

    /// Makes the promotion of what serves final; durable on return.
    public func confirm() throws(GenerationError) {
        guard let record = try record() else { throw .nothingServed(path: directory.path) }
        try replaceRecord(record.confirmed)
    }

    private func replaceRecord(_ record: ServingRecord) throws(GenerationError) {
        do throws(FileError) {
            try DurableFile.replace(directory.currentPath, text: record.text)
        } catch { throw .file(error) }
    }

    /// Loads what is to be served: the generation `CURRENT` names, else the latest intact one that
    /// served before, else the newest intact one that was not refused.
    ///
    /// A promotion that was not confirmed by `nowSeconds`, where it had to be, is taken back first. What
    /// was `handed` over in memory is used instead of the files where it is the same and intact. A
    /// fallback is logged as an error as well as returned, and `CURRENT` is left as it is, so that it
    /// is said again at every start until somebody acts.
    public func start(
        handed: HandedGeneration? = nil, at nowSeconds: Int = Clock.system.now()
    ) throws(GenerationError) -> GenerationStart {
        let numbers = try numbers()
        var notices: [String] = []
        let record: ServingRecord?
        do throws(GenerationError) {
            record = try self.record()
            if record == nil {
                notices.append("\(directory.currentPath) is missing or names no generation")
            }
        } catch {
            // Because it may name a generation that is only out of reach, this is no new directory.
            guard !numbers.isEmpty else { throw error }
            record = nil
            notices.append(error.description)
        }
        if let restored = try revertUnconfirmed(record, at: nowSeconds) { return .ready(restored) }
        if let handed, let generation = load(handed, current: record?.number) {
            serving.withLock { $0 = generation.number }
            return .ready(generation)
        }
        guard !numbers.isEmpty || record != nil else { return .empty }
        let current = record.map { [$0.number] } ?? []
        let earlier = (record?.history ?? []).filter(numbers.contains)
        let others = numbers.reversed().filter { !(current + earlier).contains($0) }
        for number in current + earlier + others {
            do throws(GenerationError) {
                if number != record?.number, !earlier.contains(number),
                    try inspect(number).isRefused
                {
                    notices.append("generation \(number) was refused by the gates: not served")
                    continue
                }
                let generation = try load(number)
                serving.withLock { $0 = number }
                if notices.isEmpty { return .ready(generation) }
                let why =
                    earlier.contains(number) ? "which served before" : "the newest that is intact"
                notices.append("serving generation \(number) instead, \(why)")
                for notice in notices { logger.error("\(notice)") }
                return .fallback(generation, notices: notices)
            } catch {
                notices.append(error.description)
            }
        }
        for notice in notices { logger.error("\(notice)") }
        return .nothingIntact(notices: notices)
    }

    /// Goes back to what served before a promotion whose deadline has passed; nil when there is none,
    /// or what served before cannot be used.
    private func revertUnconfirmed(
        _ record: ServingRecord?, at nowSeconds: Int
    ) throws(GenerationError) -> Generation? {
        guard let record, let confirmation = record.confirmation,
            confirmation.secondsLeft(at: nowSeconds) <= 0, let previous = try previous()
        else { return nil }
        do throws(GenerationError) {
            let generation = try load(previous)
            try rollBack(to: previous)
            logger.warning(
                """
                the promotion of generation \(record.number) was not confirmed in time: serving \
                generation \(previous) again
                """)
            return generation
        } catch {
            logger.error(
                """
                the promotion of generation \(record.number) was not confirmed in time, but \
                generation \(previous) cannot serve again: \(error)
                """)
            return nil
        }
    }
}
