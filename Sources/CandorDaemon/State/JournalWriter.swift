// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Makes rating changes durable in groups, on a thread of its own.
///
/// All changes that wait while one transaction is flushed go into the next one together, so that
/// the cost of a flush is shared by everybody who waits for it, and a lone change waits for
/// nobody. After a failed write nothing more is accepted until the daemon restarts, because the
/// kernel may have dropped the pages and a later flush would succeed without them; only a full
/// disk is survived, as then nothing was written.
///
/// `Token` says whose a change is, for the completion.
public final class JournalWriter<Token: Sendable>: Sendable {
    /// What became of one change: its sequence once it is on disk, or why it was not kept.
    public typealias Outcome = (token: Token, result: Result<Int64, JournalError>)

    private let shared: Shared
    private let thread: WorkerThread

    /// Starts the writer's thread.
    ///
    /// `completion` is called on that thread, once per group, with the outcomes in the order of
    /// submission; it must not wait for the writer.
    public init(
        _ storage: any JournalStorage, completion: @escaping @Sendable ([Outcome]) -> Void
    ) {
        let shared = Shared(storage: storage, completion: completion)
        self.shared = shared
        thread = WorkerThread { shared.run() }
    }

    deinit { drain() }

    /// Queues a change and returns at once; the outcome comes through `completion`.
    ///
    /// Throws only `JournalError.closed`, after `drain()`; then there is no completion.
    public func submit(_ change: RatingChange, token: Token) throws(JournalError) {
        try shared.submit(change, token: token)
    }

    /// How many changes wait for the next group.
    public var depth: Int { shared.depth }

    /// Why nothing is accepted until a restart, or nil while all is well.
    public var stopCause: JournalError? { shared.stopCause.withLock { $0 } }

    /// Accepts nothing more until a restart because of `error`, which left the disk's content in doubt;
    /// a full disk did not.
    public func stop(after error: JournalError) { shared.stop(after: error) }

    /// Refuses new changes, commits what is queued, and returns when the thread has ended.
    ///
    /// Safe to call again; all outcomes have been handed over on return.
    public func drain() {
        if shared.close() { thread.join() }
    }

    /// What the writer's thread and its users share.
    ///
    /// Apart from the writer itself, so that the thread does not keep the writer alive.
    private final class Shared: Sendable {
        private struct Queue {
            var changes: [RatingChange] = []
            var tokens: [Token] = []
            var isClosed = false
        }

        let stopCause = Mutex<JournalError?>(nil)
        private let queue = Mutex(Queue())
        private let wake = Semaphore()
        private let storage: any JournalStorage
        private let completion: @Sendable ([Outcome]) -> Void

        init(
            storage: any JournalStorage, completion: @escaping @Sendable ([Outcome]) -> Void
        ) {
            self.storage = storage
            self.completion = completion
        }

        func submit(_ change: RatingChange, token: Token) throws(JournalError) {
            let isFirst = try queue.withLock { (queue) throws(JournalError) in
                guard !queue.isClosed else { throw .closed }
                queue.changes.append(change)
                queue.tokens.append(token)
                return queue.changes.count == 1
            }
            // Because one signal per group is enough: the thread takes all there is.
            if isFirst { wake.signal() }
        }

        var depth: Int { queue.withLock { $0.changes.count } }

        /// Closes the queue; true for the one caller who must wait for the thread.
        func close() -> Bool {
            let isFirst = queue.withLock { queue in
                defer { queue.isClosed = true }
                return !queue.isClosed
            }
            if isFirst { wake.signal() }
            return isFirst
        }

        /// The thread's life: take, commit, report, until closed and empty.
        func run() {
            var commitsSinceCheckpoint = 0
            while true {
                wake.wait()
                let group = queue.withLock { queue in
                    defer {
                        queue.changes = []
                        queue.tokens = []
                    }
                    return queue
                }
                if !group.changes.isEmpty {
                    commit(group)
                    commitsSinceCheckpoint += 1
                }
                // Because a commit logs two to three pages of 4 KiB: about 10 MB of log.
                if commitsSinceCheckpoint >= 1_000 || group.isClosed {
                    if checkpoint() { commitsSinceCheckpoint = 0 }
                }
                if group.isClosed { return }
            }
        }

        private func commit(_ group: Queue) {
            var failure = stopCause.withLock { $0 }.map { JournalError.stopped(cause: "\($0)") }
            var sequences: Range<Int64> = 0..<0
            if failure == nil {
                do throws(JournalError) {
                    sequences = try storage.append(group.changes)
                } catch {
                    stop(after: error)
                    failure = error
                }
            }
            completion(
                group.tokens.enumerated().map { position, token in
                    if let failure { return (token, .failure(failure)) }
                    return (token, .success(sequences.lowerBound + Int64(position)))
                })
        }

        /// Whether the log was emptied, or never will be; false while a backup copies it.
        private func checkpoint() -> Bool {
            guard stopCause.withLock({ $0 == nil }) else { return true }
            do throws(JournalError) {
                return try storage.checkpoint()
            } catch {
                stop(after: error)
                return true
            }
        }

        /// Remembers the first failure that leaves the disk's content in doubt.
        func stop(after error: JournalError) {
            if case .diskFull = error { return }
            stopCause.withLock { cause in
                if cause == nil { cause = error }
            }
        }
    }
}
