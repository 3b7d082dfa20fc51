// SPDX-License-Identifier: GPL-3.0-or-later

/// The configuration that a running daemon follows, and how to read it anew.
///
/// Confined to the serving loop's thread.
public final class LiveConfiguration {
    /// What the daemon follows: for settings that take a restart, what it was started with.
    public private(set) var current: Configuration
    private let read: () throws(ConfigurationProblems) -> Configuration
    private let apply: (Configuration) -> Void

    /// Follows `current`; `read` gets the configuration as it is written now, and `apply` is told
    /// of each new one, for what neither engine nor server know of.
    public init(
        _ current: Configuration,
        read: @escaping () throws(ConfigurationProblems) -> Configuration,
        apply: @escaping (Configuration) -> Void = { _ in }
    ) {
        self.current = current
        self.read = read
        self.apply = apply
    }

    /// A configuration that never changes.
    public convenience init(fixed configuration: Configuration) {
        self.init(configuration, read: { () throws(ConfigurationProblems) in configuration })
    }

    /// Reads the configuration anew and applies it.
    ///
    /// Returns what differs from what the daemon was started with or has applied since; those of
    /// the changes that are not `isReloadable` stay as they are until a restart and are returned
    /// again next time. Throws, and changes nothing, when the new configuration has a problem.
    func reload() throws(ConfigurationProblems) -> [SettingChange] {
        let read = try read()
        let changes = read.changes(since: current)
        current = read.keeping(changes.map(\.setting).filter { !$0.isReloadable }, of: current)
        apply(current)
        return changes
    }
}
