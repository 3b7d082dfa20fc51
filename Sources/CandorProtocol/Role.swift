// SPDX-License-Identifier: GPL-3.0-or-later

/// What a connection may do; each role includes the ones before it.
public enum Role: String, Sendable, Comparable, CaseIterable {
    /// May ask.
    case reader
    /// May also change ratings.
    case writer
    /// May also retrain, audit and stop the daemon.
    case `operator`

    /// Orders by power.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .reader: 0
        case .writer: 1
        case .operator: 2
        }
    }
}
