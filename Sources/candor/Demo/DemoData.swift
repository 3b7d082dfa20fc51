// SPDX-License-Identifier: GPL-3.0-or-later

/// Which data the demo runs on.
enum DemoData: Equatable {
    /// Data that is on this machine: its path and how it was found.
    case present(path: String, why: String)
    /// Nothing is here: it must be fetched into this folder, or made up.
    case absent(fetchInto: String)

    /// The data set that the demo prefers.
    static let preferred = "ml-1m"

    /// Chooses the best data: the folder in `CANDOR_DATA`, then an earlier fetch.
    ///
    /// - Parameters:
    ///   - environment: the environment's variables.
    ///   - exists: whether a file of any kind is at a path.
    init(environment: [String: String], exists: (String) -> Bool) {
        if let root = environment["CANDOR_DATA"], !root.isEmpty {
            for path in [root + "/" + Self.preferred, root]
            where Self.isDataset(path, exists: exists) {
                self = .present(path: path, why: "from CANDOR_DATA")
                return
            }
        }
        let folder = Self.fetchFolder(environment: environment)
        let fetched = folder + "/" + Self.preferred
        if Self.isDataset(fetched, exists: exists) {
            self = .present(path: fetched, why: "fetched earlier")
        } else {
            self = .absent(fetchInto: folder)
        }
    }

    /// Where data sets are fetched to: `$XDG_DATA_HOME/candor`, else `~/.local/share/candor`.
    static func fetchFolder(environment: [String: String]) -> String {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/candor" }
        return (environment["HOME"] ?? "/tmp") + "/.local/share/candor"
    }

    /// Whether a folder looks like one of the layouts that the daemon reads.
    private static func isDataset(_ path: String, exists: (String) -> Bool) -> Bool {
        ["ratings.dat", "ratings.csv", "u.data"].contains { exists(path + "/" + $0) }
    }
}
