// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Synchronization

/// Turns a job's steps into progress lines that never fall and come at most a hundred times.
final class ProgressReporter: Sendable {
    private let ticket: Ticket
    private let inbox: Inbox
    private let lastPercent = Mutex<Int>(-1)

    /// Reports to the request under `ticket`.
    init(ticket: Ticket, inbox: Inbox) {
        self.ticket = ticket
        self.inbox = inbox
    }

    /// Reports `fraction` (0…1) unless the same percent, or a higher one, was reported before.
    func report(_ fraction: Double, _ stage: String) {
        let percent = Int(fraction * 100)
        let isNews = lastPercent.withLock { last in
            guard percent > last else { return false }
            last = percent
            return true
        }
        guard isNews else { return }
        inbox.post([.progress(ticket, Progress(fraction: fraction, stage: stage))])
    }
}
