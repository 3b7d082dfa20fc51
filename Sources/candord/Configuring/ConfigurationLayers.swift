// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation

/// The three places that settings come from, read anew at each call.
struct ConfigurationLayers {
    /// The configuration file, if any.
    let path: String?
    /// The settings given as flags.
    let flags: [(Setting, String)]

    /// What `flags` and the file they name come to.
    init(_ flags: SettingFlags) {
        path = flags.config
        self.flags = flags.given
    }

    /// Reads file and environment and puts the flags over them.
    ///
    /// Throws all problems at once; a file that cannot be read is one.
    func read() throws(ConfigurationProblems) -> Configuration {
        try Configuration(
            file: try fileBytes(), path: path ?? "",
            environment: ProcessInfo.processInfo.environment, flags: flags)
    }

    private func fileBytes() throws(ConfigurationProblems) -> [UInt8]? {
        guard let path else { return nil }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            var reason = (error as NSError).localizedFailureReason ?? "\(error)"
            if reason.hasSuffix(".") { reason.removeLast() }
            throw ConfigurationProblems(unreadableFile: path, reason: reason)
        }
    }
}
