// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Where the lines a person typed are kept.
enum HistoryFile {
    /// `$XDG_STATE_HOME/candor/history`, or below `~/.local/state`; nil without a home.
    static func path(environment: [String: String]) -> String? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return state + "/candor/history"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/candor/history"
    }

    /// Makes the file, readable by its owner alone, and the directories above it.
    ///
    /// Returns whether it can be used; history is a convenience, so that nothing else depends
    /// on it.
    static func prepare(_ path: String) -> Bool {
        var slash = path.index(after: path.startIndex)
        while let next = path[slash...].firstIndex(of: "/") {
            if mkdir(String(path[..<next]), 0o700) != 0, errno != EEXIST { return false }
            slash = path.index(after: next)
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fchmod(descriptor, 0o600) == 0
    }
}
