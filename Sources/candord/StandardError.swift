// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Where notes to a person go, apart from results.
enum StandardError {
    /// Writes one line.
    static func print(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
