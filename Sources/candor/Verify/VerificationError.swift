// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an explanation could not be replayed.
enum VerificationError: Error, Equatable {
    /// The export lacks something that its kind needs, or holds what is no number.
    case incomplete(String)
    /// The export is of a kind that this program does not know.
    case unknownKind(String)
    /// The replayed equations have no solution.
    case unsolvable

    /// What is wrong and what to do.
    var message: String {
        switch self {
        case .incomplete(let name):
            "the export has no usable \(name); use a client and a daemon of the same version"
        case .unknownKind(let kind):
            "the export is of the kind \(kind), which this program cannot replay; "
                + "use a newer client"
        case .unsolvable: "the exported equations have no solution; the export is damaged"
        }
    }
}
