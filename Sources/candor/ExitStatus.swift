// SPDX-License-Identifier: GPL-3.0-or-later

/// How the program says to other programs how it went.
enum ExitStatus: Int32, Comparable {
    case ok = 0
    /// The command line, or a line for the client, was wrong.
    case usage = 1
    /// No daemon could be reached, or the connection broke.
    case noConnection = 2
    /// The daemon refused at least one request.
    case refused = 3

    /// Orders by number, so that `max` keeps what matters most.
    static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
