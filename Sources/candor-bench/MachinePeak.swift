// SPDX-License-Identifier: GPL-3.0-or-later

import CPeak
import Foundation

/// What this machine can do at most on so many threads at once, measured.
///
/// The medians of some hundred milliseconds: on a machine with other guests the best moment is not what
/// there is for the seconds that a training takes.
struct MachinePeak {
    /// A few milliseconds.
    private static let rounds = 1_000_000
    private static let repetitions = 40
    /// More than a processor's share of the caches of most machines.
    private static let readBytes = 128 << 20

    /// Fused multiply-adds of floats a second, all threads together.
    let multiplyAddsPerSecond: Double
    /// Bytes read from memory a second, all threads together.
    let bytesPerSecond: Double
    /// How many threads.
    let threads: Int

    /// Measures both, before and after `body`, whose result it returns with their means.
    static func around<Value>(
        threads: Int, _ body: () throws -> Value
    ) rethrows -> (value: Value, machine: MachinePeak) {
        let before = MachinePeak(threads: threads)
        let value = try body()
        return (value, MachinePeak(before, MachinePeak(threads: threads)))
    }

    private init(_ one: MachinePeak, _ other: MachinePeak) {
        threads = one.threads
        multiplyAddsPerSecond = (one.multiplyAddsPerSecond + other.multiplyAddsPerSecond) / 2
        bytesPerSecond = (one.bytesPerSecond + other.bytesPerSecond) / 2
    }

    private init(threads: Int) {
        self.threads = threads
        let adding = Self.median {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                var sum: Float = 0
                _ = peak_multiply_adds(Self.rounds, 0.5, &sum)
            }
        }
        var sum: Float = 0
        let added = peak_multiply_adds(1, 0.5, &sum) * Double(Self.rounds)
        multiplyAddsPerSecond = added * Double(threads) / adding
        let numbers = (0..<threads).map { _ in
            [UInt64](repeating: 1, count: Self.readBytes / MemoryLayout<UInt64>.stride)
        }
        let reading = Self.median {
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                _ = peak_read(numbers[thread], numbers[thread].count)
            }
        }
        bytesPerSecond = Double(Self.readBytes * threads) / reading
    }

    private static func median(_ body: () -> Void) -> Double {
        Summary.median(of: (0..<repetitions).map { _ in MonotonicClock.seconds(body).seconds })
            ?? .nan
    }

    /// Both figures in a sentence.
    var text: String {
        let operations = String(format: "%.0f", multiplyAddsPerSecond / 1e9)
        let bytes = String(format: "%.1f", bytesPerSecond / 1e9)
        return "at most \(operations) G fused multiply-adds/s and \(bytes) GB/s read on "
            + "\(threads) threads"
    }
}
