// SPDX-License-Identifier: GPL-3.0-or-later

/// Something in the configuration that keeps the daemon from starting.
public struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where it stands.
    public let origin: SettingOrigin
    /// What is wrong and what would be right.
    public let message: String

    /// `place: what is wrong`, or what is missing where nothing was said.
    public var description: String {
        if case .standard = origin { message } else { "\(origin): \(message)" }
    }
}
