// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Synchronization

/// Spreads independent chunks of work over threads.
///
/// Which thread takes which chunk is left to chance, so results are the same at any thread count
/// only when each chunk writes to places of its own. Threads inherit the caller's priority.
public enum Parallel {
    /// Runs `body` once for each chunk of `0 ..< count`, on the calling thread and up to
    /// `threads − 1` others, and returns when all are done.
    ///
    /// `makeScratch` is called once on each thread. With `threads` ≤ 1 everything runs inline, in
    /// order. When the system gives no more threads, fewer do the work.
    public static func forEachChunk<Scratch>(
        of count: Int, chunk: Int, threads: Int,
        makeScratch: @escaping @Sendable () -> Scratch,
        body: @escaping @Sendable (Range<Int>, inout Scratch) -> Void
    ) {
        precondition(chunk >= 1, "a chunk needs a size")
        let chunkCount = (count + chunk - 1) / chunk
        guard chunkCount > 0 else { return }
        let next = NextChunk()
        let work = Work {
            var scratch = makeScratch()
            while true {
                let start = next.take() * chunk
                if start >= count { return }
                body(start..<min(start + chunk, count), &scratch)
            }
        }
        var others: [pthread_t] = []
        for _ in 1..<max(1, min(threads, chunkCount)) {
            guard let thread = start(work) else { break }
            others.append(thread)
        }
        work.run()
        for thread in others { pthread_join(thread, nil) }
    }

    /// The values of `transform` at 0 ..< count, in order.
    public static func map<Value: Sendable>(
        count: Int, chunk: Int, threads: Int, _ transform: @escaping @Sendable (Int) -> Value
    ) -> [Value] {
        map(count: count, chunk: chunk, threads: threads, makeScratch: {}) { position, _ in
            transform(position)
        }
    }

    /// The same with what `makeScratch` makes once on each thread.
    static func map<Value: Sendable, Scratch>(
        count: Int, chunk: Int, threads: Int, makeScratch: @escaping @Sendable () -> Scratch,
        _ transform: @escaping @Sendable (Int, inout Scratch) -> Value
    ) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            // Safe because every position is written once, by the one thread that took its chunk,
            // and this thread reads only after all have been joined.
            nonisolated(unsafe) let places = buffer
            forEachChunk(of: count, chunk: chunk, threads: threads, makeScratch: makeScratch) {
                range, scratch in
                for position in range {
                    (places.baseAddress.unsafelyUnwrapped + position)
                        .initialize(to: transform(position, &scratch))
                }
            }
            initializedCount = count
        }
    }

    /// How many values `forEachInOrder` makes at a time for each thread.
    static let valuesAtOnce = 32

    /// Calls `body` with the values of `transform` at 0 ..< count, in order, on the calling thread.
    ///
    /// So that large values do not all wait for each other, `valuesAtOnce` for each thread are made at
    /// a time.
    static func forEachInOrder<Value: Sendable>(
        count: Int, threads: Int, of transform: @escaping @Sendable (Int) -> Value,
        _ body: (Value) -> Void
    ) {
        let group = valuesAtOnce * max(threads, 1)
        for first in stride(from: 0, to: count, by: group) {
            map(count: min(group, count - first), chunk: 1, threads: threads) {
                transform(first + $0)
            }.forEach(body)
        }
    }

    private static func start(_ work: Work) -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(work)
        let result = pthread_create(
            &thread, nil,
            { context in
                // Non-nil because `start` always passes a retained Work.
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            return nil
        }
        return thread
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private final class NextChunk: Sendable {
        private let next = Atomic(0)
        func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
    }
}
