// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Synchronization

/// Turns a job's steps into progress lines that never fall: at most one a percent, and one more
/// for each stage that begins within a percent.
final class ProgressReporter: Sendable {
    private let ticket: Ticket
    private let inbox: Inbox
    private let last = Mutex<(fraction: Double, stage: String)?>(nil)

    /// Reports to the request under `ticket`.
    init(ticket: Ticket, inbox: Inbox) {
        self.ticket = ticket
        self.inbox = inbox
    }

    /// Reports `fraction` (0…1) unless it falls, or the same percent of `stage` was reported before.
    func report(_ fraction: Double, _ stage: String) {
        let isNews = last.withLock { last in
            if let reported = last {
                guard fraction >= reported.fraction,
                    stage != reported.stage || percent(fraction) > percent(reported.fraction)
                else { return false }
            }
            last = (fraction, stage)
            return true
        }
        guard isNews else { return }
        inbox.post([.progress(ticket, Progress(fraction: fraction, stage: stage))])
    }

    private func percent(_ fraction: Double) -> Int { Int(fraction * 100) }
}
