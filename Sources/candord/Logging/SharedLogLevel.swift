// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Logging
import Synchronization

/// How much is logged, changeable while the daemon runs; every logger of the process follows it.
final class SharedLogLevel: Sendable {
    private let level: Mutex<Logger.Level>

    init(_ level: Logger.Level) {
        self.level = Mutex(level)
    }

    var value: Logger.Level {
        get { level.withLock { $0 } }
        set { level.withLock { $0 = newValue } }
    }

    /// Takes the level that a configuration asks for.
    func follow(_ configuration: Configuration) {
        if let level = configuration.text(.logLevel).flatMap(Logger.Level.init(rawValue:)) {
            value = level
        }
    }
}
