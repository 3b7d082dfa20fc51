// SPDX-License-Identifier: GPL-3.0-or-later

/// The two heads of a generation, as requests and replies name them.
public enum HeadName: String, Sendable, CaseIterable {
    /// Orders items for a user (RECOMMEND).
    case ranking
    /// Predicts stars (PREDICT).
    case rating
}
