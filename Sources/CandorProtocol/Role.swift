// SPDX-License-Identifier: GPL-3.0-or-later

/// What a connection may do; each role includes the ones before it.
public enum Role: String, Sendable, Comparable, CaseIterable {
    /// Has not proven who it is: may only do so, ask for help, and see that the daemon is alive.
    case guest
    /// May ask.
    case reader
    /// May also change ratings.
    case writer
    /// May also retrain, audit and stop the daemon.
    case `operator`

    /// The roles that a token or a connection may be given; all but that of a guest.
    public static let granted = allCases.filter { $0 > .guest }

    /// Orders by power.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .guest: 0
        case .reader: 1
        case .writer: 2
        case .operator: 3
        }
    }
}
