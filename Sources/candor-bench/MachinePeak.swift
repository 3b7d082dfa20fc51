// SPDX-License-Identifier: GPL-3.0-or-later

import CPeak
import Foundation

/// What this machine can do at most on so many threads at once, measured.
struct MachinePeak {
    /// A few milliseconds, so that some repetition is left alone by what else the machine does.
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

    /// Measures both, the best of a few times: what can be done, not what mostly is.
    init(threads: Int) {
        self.threads = threads
        let adding = Self.shortest {
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
        let reading = Self.shortest {
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                _ = peak_read(numbers[thread], numbers[thread].count)
            }
        }
        bytesPerSecond = Double(Self.readBytes * threads) / reading
    }

    private static func shortest(_ body: () -> Void) -> Double {
        (0..<repetitions).map { _ in MonotonicClock.seconds(body).seconds }.min() ?? .nan
    }

    /// Both figures in a sentence.
    var text: String {
        let operations = String(format: "%.0f", multiplyAddsPerSecond / 1e9)
        let bytes = String(format: "%.1f", bytesPerSecond / 1e9)
        return "at most \(operations) G fused multiply-adds/s and \(bytes) GB/s read on "
            + "\(threads) threads"
    }
}
