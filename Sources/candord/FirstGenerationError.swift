// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a daemon has nothing to serve.
enum FirstGenerationError: Error, CustomStringConvertible {
    /// The state is empty and there is no data to train on.
    case noData
    /// The state holds generations, all of them damaged.
    case nothingIntact

    /// What happened and what to do next.
    var description: String {
        switch self {
        case .noData:
            "the state directory holds no generation yet: give --data DIR to train the first one "
                + "(candord fetch ml-1m obtains data, candord generate DIR makes some up)"
        case .nothingIntact:
            "no generation in the state directory is intact: restore it from a backup, or move "
                + "its generations folder away and start with --data (the journal keeps all ratings)"
        }
    }
}
