// SPDX-License-Identifier: GPL-3.0-or-later

/// How far long work has come: one progress line.
public struct Progress: Sendable, Equatable {
    /// 0…1, never falling within one request.
    public let fraction: Double
    /// What is being done, as a short phrase.
    public let stage: String

    /// Joins a fraction (limited to 0…1; NaN counts as 0) and a stage.
    public init(fraction: Double, stage: String) {
        self.fraction = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        self.stage = stage
    }
}
