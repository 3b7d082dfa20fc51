// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Logging
import Synchronization

/// How much is logged, changeable while the daemon runs; every logger of the process follows it.
///
/// Read for every request, and so without a lock.
final class SharedLogLevel: Sendable {
    private static let levels = Logger.Level.allCases
    private let position: Atomic<Int>

    init(_ level: Logger.Level) {
        position = Atomic(Self.position(of: level))
    }

    var value: Logger.Level {
        get { Self.levels[position.load(ordering: .relaxed)] }
        set { position.store(Self.position(of: newValue), ordering: .relaxed) }
    }

    /// Takes the level that a configuration asks for.
    func follow(_ configuration: Configuration) {
        if let level = configuration.text(.logLevel).flatMap(Logger.Level.init(rawValue:)) {
            value = level
        }
    }

    private static func position(of level: Logger.Level) -> Int {
        levels.firstIndex(of: level) ?? 0
    }
}
