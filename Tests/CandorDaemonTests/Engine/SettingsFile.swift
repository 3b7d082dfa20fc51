// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

@testable import CandorDaemon

/// The text of a configuration file that a test may change under a running engine.
final class SettingsFile: Sendable {
    private let text: Mutex<String>

    init(_ text: String) { self.text = Mutex(text) }

    /// Writes another text.
    func write(_ new: String) { text.withLock { $0 = new } }

    /// Reads the configuration as it is written now.
    func read() throws(ConfigurationProblems) -> Configuration {
        try Configuration(file: Array(text.withLock { $0 }.utf8), path: "candord.conf")
    }
}
