// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization

/// Threads that do the same thing at the same time.
final class Crowd: Sendable {
    private let unfinished = DispatchGroup()
    private let failures = Mutex<[any Error]>([])

    /// Starts `count` threads; each is given its number.
    init(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
        for number in 0..<count {
            unfinished.enter()
            Thread.detachNewThread { [self] in
                do { try body(number) } catch { failures.withLock { $0.append(error) } }
                unfinished.leave()
            }
        }
    }

    /// Waits until all have finished and throws the first error of any.
    func join() throws {
        guard EndToEnd.waits(until: { unfinished.wait(timeout: .now() + 1) == .success }) else {
            throw EndToEndError.timedOut("the end of all threads", output: "")
        }
        if let failure = failures.withLock({ $0.first }) { throw failure }
    }
}
