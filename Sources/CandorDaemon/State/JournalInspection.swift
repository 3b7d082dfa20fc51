// SPDX-License-Identifier: GPL-3.0-or-later

/// What a look at a journal that nobody has open found, all of its entries being right.
struct JournalInspection {
    /// What opening would say and do, for example drop a torn end.
    let notices: [String]
    /// The sequence of the newest entry, or 0.
    let lastSequence: Int64
    /// How many entries were taken away because their users were forgotten.
    let erasedCount: Int
    /// Whether a FORGET was interrupted, which the next start finishes.
    let hasUnfinishedForgetting: Bool
    /// The empty log that looking made and that was not there before, to be removed again.
    let madeLogPath: String?
}
