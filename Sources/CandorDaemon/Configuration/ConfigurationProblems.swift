// SPDX-License-Identifier: GPL-3.0-or-later

/// All that is wrong with a configuration, so that it can be mended at once.
public struct ConfigurationProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// At least one, in the order file, environment, flags.
    public let problems: [ConfigurationProblem]

    init(problems: [ConfigurationProblem]) { self.problems = problems }

    /// The one problem that a configuration file cannot be read.
    public init(unreadableFile path: String, reason: String) {
        problems = [
            ConfigurationProblem(
                origin: .file(path: path, line: 0),
                message: "cannot be read: \(reason); name an existing file with --config")
        ]
    }

    /// The one problem that a setting, without which nothing goes, has no value.
    public init(unset setting: Setting) {
        problems = [
            ConfigurationProblem(
                origin: .standard,
                message: "\(setting.name) is not set; give --\(setting.name), "
                    + "\(setting.environmentName) or \(setting.name) = in the file of --config")
        ]
    }

    /// What the configuration asks of the machine and does not get, each in words.
    public init(unmet messages: [String]) {
        problems = messages.map { ConfigurationProblem(origin: .standard, message: $0) }
    }

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
