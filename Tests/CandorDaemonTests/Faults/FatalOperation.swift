// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Something that changes the state directory, and what a daemon's death in the middle may leave.
enum FatalOperation: String, CaseIterable, CustomTestStringConvertible {
    case rate, retrain, promote, rollback, confirm, forget, start

    /// The user whose ratings the operations are about.
    static let user = "victim"

    var testDescription: String { rawValue }

    /// Requests that are acknowledged before; generation 1 serves.
    var preparation: [String] {
        let rated = ["RATE \(Self.user) 1 4 at=1000000000", "RATE \(Self.user) 2 3 at=1000000000"]
        let retrain = "RETRAIN rating=mean ranking=popular"
        switch self {
        case .confirm: return rated + [retrain, "ROLLBACK", "PROMOTE 2 confirm_within=86400"]
        // Both keep two: the one before the last is then in the way of the next.
        case .retrain, .promote, .rollback, .forget, .start: return rated + [retrain]
        case .rate: return rated
        }
    }

    /// What is asked for; nil where starting itself is the operation.
    var request: String? {
        switch self {
        case .rate: "RATE \(Self.user) 3 5 at=1000000000"
        case .retrain: "RETRAIN rating=biases ranking=popular"
        case .promote: "PROMOTE 1"
        case .rollback: "ROLLBACK"
        case .confirm: "CONFIRM"
        case .forget: "FORGET \(Self.user)"
        case .start: nil
        }
    }

    /// Steps without which it would not be what it is: the call, and the end of the path.
    var necessarySteps: [(call: String, end: String)] {
        let swap = [("create", "/CURRENT.new"), ("fsync", "/CURRENT.new"), ("rename", "/CURRENT")]
        switch self {
        case .rate: return [("write", "/journal.sqlite-wal"), ("fsync", "/journal.sqlite-wal")]
        case .retrain:
            return swap + [
                ("mkdir", "/.new-000003"), ("write", "/.new-000003/data.sections"),
                ("fsync", "/.new-000003/manifest.json"), ("fsync", "/.new-000003"),
                ("rename", "/generations/000003"), ("rename", "/.new-000001"),
                ("remove", "/.new-000001"),
            ]
        case .promote, .rollback, .confirm: return swap
        case .forget: return [("fsync", "/journal.sqlite-wal"), ("rename", "/generations/000002")]
        case .start:
            return [
                ("remove", "/.new-000003/data.sections"), ("write", "/journal.sqlite"),
                ("truncate", "/journal.sqlite-wal"),
            ]
        }
    }

    /// Whether it changes what a client sees once it is done.
    var isSeen: Bool { self != .start }
}
