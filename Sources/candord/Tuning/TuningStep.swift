// SPDX-License-Identifier: GPL-3.0-or-later

/// One measurement in the course of a tuning.
struct TuningStep {
    /// 1 for the first.
    let number: Int
    /// How many there will be.
    let expectedCount: Int
    /// Which settings; 0 are the defaults.
    let trial: Int
    /// What they were trained with of the model's budget.
    let budget: Int
    /// Whether that is all of it.
    let isFull: Bool
    /// The seed of the split.
    let split: Int
    let measurement: Measurement
    /// What all measurements up to this one took.
    let spentSeconds: Double
    /// Whether it was measured by this run and not found in the journal.
    let isNew: Bool
}
