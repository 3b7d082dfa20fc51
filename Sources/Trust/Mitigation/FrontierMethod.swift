// SPDX-License-Identifier: GPL-3.0-or-later

/// What a frontier sweeps the strength of.
public enum FrontierMethod: Sendable, Equatable {
    /// Training with a mitigation: a model for each point.
    case training(TrainingMitigation.Method)
    /// Calibrated lists of one model, by λ.
    case calibrated
    /// Lists of one model corrected for popularity, by β.
    case novelty

    /// The method called `name`; nil when there is none.
    public init?(_ name: String) {
        switch name {
        case "calibrated": self = .calibrated
        case "novelty": self = .novelty
        default:
            guard let method = TrainingMitigation.Method(rawValue: name) else { return nil }
            self = .training(method)
        }
    }

    /// What the method is meant to lower.
    public var target: FrontierMeasure {
        switch self {
        case .training(.reweight), .training(.minimax): .rmseGap
        case .training(.parity), .training(.erase): .scoreGap
        case .calibrated: .miscalibration
        case .novelty: .gini
        }
    }

    /// `count` strengths from 0 to far, at least 2.
    public func sweep(_ count: Int) -> [Double] {
        let steps = (0..<count).map { Double($0) / Double(count - 1) }
        return switch self {
        case .training(let method): method.sweep(count)
        case .calibrated: steps
        case .novelty: steps.map { $0 / 10 }
        }
    }
}
