// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a training ended without a head.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// The caller asked to stop.
    case cancelled
    /// There is nothing to learn from.
    case noRatings
    /// An option lies outside its range.
    case invalidOption(name: String, expected: String)
    /// The numbers left the range of single precision.
    case notFinite

    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .cancelled:
            "training was cancelled; the earlier model is still in use"
        case .noRatings:
            "there are no ratings to train on; load some ratings first"
        case .invalidOption(let name, let expected):
            "training option \(name) must be \(expected); correct it and train again"
        case .notFinite:
            "training left the range of single precision; "
                + "bring the ratings nearer to 0 or raise the regularization"
        }
    }
}
