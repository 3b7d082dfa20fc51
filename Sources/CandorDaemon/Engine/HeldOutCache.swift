// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// What audits of one generation have made, kept so that the next one need not train or resample
/// again.
struct HeldOutCache: Sendable {
    /// What a report depends on besides the generation.
    struct ReportKey: Sendable, Equatable {
        let options: AuditOptions
        /// The attributes crossed, by their positions.
        let pairs: [[Int]]
    }

    /// What was audited: forgetting a user makes another generation of the same number.
    let generation: Generation
    /// Both heads, trained without the held-out ratings.
    let heads: HeadTrainer.Heads
    let measurements: HeldOutMeasurements
    var report: (key: ReportKey, report: AuditReport)?
}
