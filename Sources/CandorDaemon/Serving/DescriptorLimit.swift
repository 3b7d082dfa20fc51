// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The number of file descriptors that this process may have.
public enum DescriptorLimit {
    /// Descriptors that a daemon needs beside its connections: journal, sockets, files being saved.
    public static let reserve = 64

    /// Raises the soft limit to what `connections` and the reserve need, as far as the hard limit
    /// allows; a limit that is high enough already stays.
    public static func raise(forConnections connections: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let needed = rlim_t(connections + reserve)
        guard limit.rlim_cur < needed else { return }
        limit.rlim_cur = min(needed, limit.rlim_max)
        // Because a connection too many is told so anyway, a refusal needs no word here.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many connections the hard limit leaves room for.
    public static var connectionsMax: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .max
        }
        return Int(clamping: limit.rlim_max) - reserve
    }
}
