// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// How many processors there are to train on.
enum ProcessorCount {
    /// The processors that are online, at least 1.
    static let online = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
