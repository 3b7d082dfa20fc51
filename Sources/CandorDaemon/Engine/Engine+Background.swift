// SPDX-License-Identifier: GPL-3.0-or-later

extension Engine {
    /// Runs `work` on a thread of its own for the request under `ticket`.
    ///
    /// `work` gets a closure that takes progress (0…1 and a stage) and returns false once the work
    /// should stop; the step it returns is taken on the loop's thread and yields the answer.
    func run(
        _ ticket: Ticket, _ urgency: BackgroundJob.Urgency = .whenIdle,
        _ work:
            @escaping @Sendable (_ progress: (Double, String) -> Bool) ->
            @Sendable (Engine) ->
            Delivery
    ) -> BackgroundJob {
        let job = BackgroundJob(for: ticket)
        let reporter = ProgressReporter(ticket: ticket, inbox: inbox)
        let inbox = inbox
        job.start(urgency) { job in
            let last = work { fraction, stage in
                reporter.report(fraction, stage)
                return !job.isCancelled
            }
            inbox.post([.finish(last)])
        }
        return job
    }
}
