// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Credentials
import Factors

/// Where inner errors become wire codes: the only place.
enum WireErrors {
    static func training(_ error: TrainingError) -> WireError {
        switch error {
        case .cancelled: WireError(.cancelled, "cancelled; nothing has changed")
        case .noRatings: WireError(.notEnoughData, error.description)
        case .invalidOption: WireError(.badValue, error.description)
        case .notFinite: WireError(.internalFailure, error.description)
        }
    }

    static func storage(_ error: JournalError) -> WireError {
        switch error {
        case .closed: WireError(.shuttingDown, error.description)
        case .diskFull: WireError(.diskFull, error.description)
        default: WireError(.storageFailed, error.description)
        }
    }

    static func configuration(_ error: ConfigurationProblems) -> WireError {
        let further = error.problems.count - 1
        let first = error.problems.first?.description ?? ""
        return WireError(
            .configurationRefused,
            further > 0 ? "\(first) (and \(further) more; `candord check` shows all)" : first)
    }

    static func tokens(_ error: TokenFileError) -> WireError {
        WireError(.configurationRefused, error.description)
    }

    static func export(_ error: ExportError) -> WireError {
        switch error {
        case .cancelled: WireError(.cancelled, error.description)
        case .file(let failure): WireError(code(failure), error.description)
        }
    }

    /// What became of a generation that a request names.
    static func named(_ error: GenerationError) -> WireError {
        guard case .missing(let number) = error else { return storage(error) }
        return WireError(
            .unknownGeneration,
            "generation \(number) is not kept; GENERATIONS lists those that are")
    }

    static func storage(_ error: GenerationError) -> WireError {
        guard case .file(let failure) = error else {
            return WireError(.storageFailed, error.description)
        }
        return WireError(code(failure), error.description)
    }

    /// `limit` is what bounds the number of ratings.
    static func data(_ error: DataDirectoryError, limit: MemoryLimit?) -> WireError {
        switch error {
        case .unknown: WireError(.unknownData, error.description)
        case .unreadable: WireError(.unreadableData, error.description)
        case .cancelled: training(.cancelled)
        case .tooManyRatings:
            limit?.tooManyRatings ?? WireError(.retrainTooLarge, error.description)
        }
    }

    private static func code(_ failure: FileError) -> WireCode {
        failure.isDiskFull ? .diskFull : .storageFailed
    }
}
