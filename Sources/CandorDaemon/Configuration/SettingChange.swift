// SPDX-License-Identifier: GPL-3.0-or-later

/// A setting that has another value than before.
public struct SettingChange: Sendable, Equatable {
    /// Which setting.
    public let setting: Setting
    /// The value before, as written; nil: none.
    public let old: String?
    /// The value now, as written; nil: none.
    public let new: String?
}
