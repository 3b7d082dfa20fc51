// SPDX-License-Identifier: GPL-3.0-or-later

/// What a measurement depends on within one journal.
struct TrialKey: Hashable {
    /// The trial's settings, `key=value` separated by spaces.
    let words: String
    /// What it was trained with of the model's budget.
    let budget: Int
    /// The seed of the split and of the training.
    let split: Int
}
