// SPDX-License-Identifier: GPL-3.0-or-later

/// A setting's value as somebody wrote it, and where.
public struct SettingEntry: Sendable, Equatable {
    /// Which setting.
    public let setting: Setting
    /// The value as written.
    public let value: String
    /// Where it was written.
    public let origin: SettingOrigin

    /// Joins the three.
    public init(setting: Setting, value: String, origin: SettingOrigin) {
        self.setting = setting
        self.value = value
        self.origin = origin
    }
}
