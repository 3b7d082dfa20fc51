// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

/// Something that happened to the generations, as logs and those who WATCH are told it.
enum LifecycleEvent: Sendable, Equatable, CustomStringConvertible {
    case retrainBegan
    case retrainUnchanged
    case retrainFailed(WireError)
    /// The gates refused a new generation, which is kept.
    case refused(number: Int, reasons: [String])
    /// A new generation serves because the gates let it through.
    case retrained(number: Int, previous: Int, hash: String)
    /// An operator decided what serves; `overruled` holds what the gates had against it.
    case promoted(
        number: Int, previous: Int, confirmation: Confirmation?, overruled: [String])
    case confirmed(number: Int)
    case rolledBack(from: Int, to: Int)
    /// Nobody confirmed a promotion in time.
    case reverted(from: Int, to: Int)
    case revertFailed(number: Int, WireError)

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
        case .retrainFailed(let error):
            "retrain ended without a new generation: \(error.message)"
        case .refused(let number, let reasons):
            "generation \(number) is refused by the gates: \(reasons.joined(separator: "; "))"
        case .retrained(let number, let previous, let hash):
            "generation \(number) serves after \(previous), factors \(hash.prefix(12))"
        case .promoted(let number, let previous, let confirmation, let overruled):
            "an operator promoted generation \(number) over \(previous)"
                + (confirmation.map { ", to be confirmed within \($0.windowSeconds) s" } ?? "")
                + (overruled.isEmpty
                    ? ""
                    : ", against the gates: \(overruled.joined(separator: "; "))")
        case .confirmed(let number): "generation \(number) is confirmed"
        case .rolledBack(let from, let to):
            "an operator rolled back generation \(from): \(to) serves again"
        case .reverted(let from, let to):
            "generation \(from) was not confirmed in time: \(to) serves again"
        case .revertFailed(let number, let error):
            "generation \(number) was not confirmed in time, but still serves: \(error.message)"
        }
    }
}
