// SPDX-License-Identifier: GPL-3.0-or-later

import Logging

/// Something that happened to the generations, as logs tell it.
enum LifecycleEvent: Sendable, Equatable, CustomStringConvertible {
    case retrainBegan
    case retrainUnchanged
    case retrainFailed(String)
    /// The gates refused a new generation, which is kept.
    case refused(number: Int, reasons: [String])
    /// A new generation serves because the gates let it through.
    case retrained(number: Int, previous: Int, hash: String)
    /// An operator decided what serves; `overruled` holds what the gates had against it.
    case promoted(number: Int, previous: Int, secondsToConfirm: Int?, overruled: [String])
    case confirmed(number: Int)
    case rolledBack(from: Int, to: Int)
    /// Nobody confirmed a promotion in time.
    case reverted(from: Int, to: Int)
    case revertFailed(number: Int, String)

    /// How loudly it is logged.
    var level: Logger.Level {
        switch self {
        case .retrainBegan, .retrainUnchanged, .retrained: .info
        case .promoted(_, _, _, let overruled): overruled.isEmpty ? .notice : .warning
        case .confirmed, .rolledBack: .notice
        case .retrainFailed, .refused, .reverted: .warning
        case .revertFailed: .error
        }
    }

    /// What happened.
    var description: String {
        switch self {
        case .retrainBegan: "retrain begins"
        case .retrainUnchanged: "nothing has changed since the last retrain: no new generation"
        case .retrainFailed(let reason): "retrain ended without a new generation: \(reason)"
        case .refused(let number, let reasons):
            "generation \(number) is refused by the gates: \(reasons.joined(separator: "; "))"
        case .retrained(let number, let previous, let hash):
            "generation \(number) serves after \(previous), factors \(hash.prefix(12))"
        case .promoted(let number, let previous, let seconds, let overruled):
            "an operator promoted generation \(number) over \(previous)"
                + (seconds.map { ", to be confirmed within \($0) s" } ?? "")
                + (overruled.isEmpty
                    ? ""
                    : ", against the gates: \(overruled.joined(separator: "; "))")
        case .confirmed(let number): "generation \(number) is confirmed"
        case .rolledBack(let from, let to):
            "an operator rolled back generation \(from): \(to) serves again"
        case .reverted(let from, let to):
            "generation \(from) was not confirmed in time: \(to) serves again"
        case .revertFailed(let number, let reason):
            "generation \(number) was not confirmed in time, but still serves: \(reason)"
        }
    }
}

extension Engine {
    /// Tells what happened to the generations: the one place for whoever is to hear of it.
    func announce(_ event: LifecycleEvent) {
        log.log(level: event.level, "\(event)")
    }
}
